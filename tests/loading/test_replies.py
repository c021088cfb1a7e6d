"""A partner's reply in a dossier file: it names the claim that it answers by its key, there and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.dossier.checking import check
from atlas.dossier.dumping import dump
from atlas.dossier.planning import plan
from atlas.dossier.reading import read
from findings.models import Finding
from sources.models import Claim
from tests.loading.small import row, small, written

pytestmark = pytest.mark.django_db


def with_reply(**more: Any) -> dict[str, Any]:
    """The small dossier, whose finding on the wells is answered by a partner."""
    document = small()
    answered = row(document, "findings.0")
    reply = {
        "claim": "syrymbet.finding.2",
        "answers": answered["claim"],
        "partner": "tin-one",
        "statement": "The wells are tested every month.",
        **{name: answered[name] for name in ("subject", "topic", "source")},
    }
    document["findings"].append({name: value for name, value in {**reply, **more}.items() if value})
    return document


def test_a_reply_is_loaded_and_dumped(load: Callable[..., str], tmp_path: Path) -> None:
    load(written(tmp_path, with_reply()))
    reply = Finding.objects.get(key="syrymbet.finding.2")
    assert reply.answers == Claim.objects.get(key="syrymbet.finding.1")
    [dumped] = [found for found in dump()["findings"] if found["claim"] == "syrymbet.finding.2"]
    assert dumped["answers"] == "syrymbet.finding.1"


def test_loading_it_again_changes_nothing(load: Callable[..., str], tmp_path: Path) -> None:
    file = written(tmp_path, with_reply())
    load(file)
    assert "Nothing to change." in load(file)


def test_a_reply_that_answers_another_claim_is_a_change(load: Callable[..., str], tmp_path: Path) -> None:
    load(written(tmp_path, with_reply()))
    dossier = read([written(tmp_path, with_reply(answers=""))])
    check(dossier)
    changes = plan(dossier)
    assert [claim.key for claim, _old in changes.changed_claims] == ["syrymbet.finding.2"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"answers": "nowhere"}, "no claim with this key that could be answered"),
        ({"answers": "syrymbet.finding.2"}, "no claim with this key that could be answered"),
        ({"subject": "project:syrymbet-mine"}, "about the same record"),
        ({"partner": ""}, "names the partner"),
    ],
)
def test_a_reply_to_nothing_or_by_nobody_is_refused(
    load: Callable[..., str], tmp_path: Path, wrong: dict[str, str], said: str
) -> None:
    with pytest.raises(Exception, match="nothing was loaded"):
        load(written(tmp_path, with_reply(**wrong)))
    dossier = read([written(tmp_path, with_reply(**wrong))])
    check(dossier)
    assert said in " ".join(problem.message for problem in dossier.errors)
