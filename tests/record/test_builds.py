"""Moments and editions are built once however many ask, and too many different ones at once are refused."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.urls import reverse

from atlas.map import reference
from atlas.published import keeper as keeping
from atlas.published.builds import Builds, TooManyMoments
from tests.importing.mrds_table import site
from tests.map.test_reference_layer import publish

SECONDS = 30


class Workshop:
    """Builds that begin, and wait until they may be finished."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.has_begun, self.may_finish = threading.Event(), threading.Event()

    def build(self, key: str) -> str:
        self.begun.append(key)
        self.has_begun.set()
        assert self.may_finish.wait(SECONDS)
        return key.upper()


def test_what_many_ask_for_at_once_is_built_once() -> None:
    builds: Builds[str, str] = Builds(most_kept=2, most_awaited=1)
    workshop = Workshop()
    with ThreadPoolExecutor(8) as threads:
        asked = [threads.submit(builds.get, "a", lambda: workshop.build("a")) for _ in range(8)]
        assert workshop.has_begun.wait(SECONDS)
        workshop.may_finish.set()
        assert [each.result(SECONDS) for each in asked] == ["A"] * 8
    assert workshop.begun == ["a"]


def test_too_many_different_ones_are_refused_until_one_is_built() -> None:
    builds: Builds[str, str] = Builds(most_kept=2, most_awaited=1)
    workshop = Workshop()
    with ThreadPoolExecutor(1) as threads:
        first = threads.submit(builds.get, "a", lambda: workshop.build("a"))
        assert workshop.has_begun.wait(SECONDS)
        with pytest.raises(TooManyMoments):
            builds.get("b", lambda: "B")
        workshop.may_finish.set()
        assert first.result(SECONDS) == "A"
    assert builds.get("b", lambda: "B") == "B"


def test_what_could_not_be_built_is_built_when_asked_for_again() -> None:
    builds: Builds[str, str] = Builds(most_kept=2, most_awaited=1)

    def fail() -> str:
        raise OSError

    for _ in range(2):
        with pytest.raises(OSError):
            builds.get("a", fail)
    assert builds.get("a", lambda: "A") == "A"


def test_no_more_are_kept_than_agreed() -> None:
    builds: Builds[int, int] = Builds(most_kept=2, most_awaited=1)
    for number in range(4):
        builds.get(number, lambda number=number: number)  # type: ignore[misc]
    assert [builds.held(number) for number in range(4)] == [None, None, 2, 3]


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that is asked for as many different moments and editions as it takes."""
    monkeypatch.setattr(keeping.keeper, "_older", Builds(2, most_awaited=0))
    monkeypatch.setattr(reference.layers, "_editions", Builds(2, most_awaited=0))


@pytest.mark.django_db
def test_a_moment_too_many_is_answered_503_and_when_to_ask_again(client, busy, tmp_path, editor) -> None:
    before = publish(tmp_path, editor, site(1))
    publish(tmp_path, editor, site(2))
    for name in ("home", "map-data"):
        answer = client.get(reverse(name), {"as_of": str(before)})
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "Try again in a few seconds" in answer.content.decode()
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["reference-dots", "reference-sites"])
def test_an_edition_too_many_is_answered_503_and_when_to_ask_again(
    client, busy, tmp_path, editor, name
) -> None:
    edition = publish(tmp_path, editor, site(1))
    answer = client.get(reverse(name, args=[edition]), {"bbox": "46,35,88,56"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "no-store"
    assert "Try again" in answer.json()["error"]
    assert client.get(reverse(name, args=[edition + 1]), {"bbox": "46,35,88,56"}).status_code == 404
