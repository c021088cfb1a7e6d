"""docs/editors.md names what the desk shows, in the desk's own words."""

import re
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po

REPOSITORY = Path(__file__).resolve().parents[2]
GUIDE = (REPOSITORY / "docs" / "editors.md").read_text()
CATALOGUES = (
    REPOSITORY / "locale/ru/LC_MESSAGES/django.po",
    *(
        Path(django.__path__[0]) / f"contrib/{app}/locale/en/LC_MESSAGES/django.po"
        for app in ("admin", "auth")
    ),
)
#: Set in bold, but no labels: words, keys, and signs that a button shows as a picture.
NO_LABELS = {"Four eyes.", "Complaints", "claim", "recovery codes", "held", "n", "p", "r", "b", "+", "⋮"}
#: The theme's own.
THEME = {"Run"}


def labels() -> list[str]:
    """What the guide sets in bold, each once; a path such as "Accounts → +" by its parts."""
    bold = re.findall(r"\*\*(.+?)\*\*", GUIDE.replace("\n", " "))
    parts = (part.strip() for found in bold for part in found.split("→"))
    return sorted(set(parts) - NO_LABELS - THEME)


def texts() -> Iterator[str]:
    """Every text of the desk, the theme's and Django's own included, as a pattern."""
    for path in CATALOGUES:
        for message in read_po(path.open("rb")):
            for text in (message.id,) if isinstance(message.id, str) else message.id:
                words = re.sub(r"<.*?>|\s+", lambda part: " " * part[0].isspace(), text).strip().rstrip("….:")
                parts = re.split(r"%(?:\(\w+\))?[sd]", words)
                if len("".join(parts)) > 3:  # or it would be the pattern of anything
                    yield ".+".join(re.escape(part) for part in parts)


@pytest.fixture(scope="module")
def known() -> re.Pattern[str]:
    return re.compile("|".join(texts()), re.IGNORECASE)


@pytest.mark.parametrize("label", labels())
def test_the_guide_names_a_label_that_the_desk_shows(known: re.Pattern[str], label: str) -> None:
    assert known.fullmatch(label) or known.fullmatch(label.rstrip("….:"))


def test_the_guides_pictures_are_there() -> None:
    pictures = re.findall(r"!\[.+?\]\((.+?)\)", GUIDE)
    assert len(pictures) >= 12
    assert [name for name in pictures if not (REPOSITORY / "docs" / name).is_file()] == []
