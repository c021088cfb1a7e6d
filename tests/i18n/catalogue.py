"""The texts of the code and their Russian translations, read without gettext's programs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation.template import templatize

FOLDER = settings.BASE_DIR / "locale" / "ru" / "LC_MESSAGES"
HOUSES = ("accounts", "sources", "partners", "deposits", "projects", "findings", "atlas")
#: Django's names for marking texts, as xgettext is told of them by makemessages.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}


@dataclass(frozen=True, order=True)
class Text:
    """A text as the code marks it."""

    context: str
    singular: str
    plural: str
    file: str


def marked_texts() -> Iterator[Text]:
    """Every text that the Python code or a template marks for translation."""
    for house in HOUSES:
        for path in sorted((settings.BASE_DIR / house).rglob("*.py")):
            yield from _texts(path, path.read_bytes())
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.*")):
        if path.suffix in {".html", ".txt", ".xml"}:
            yield from _texts(path, _as_python(path).encode())


def _as_python(template: Path) -> str:
    """The texts of a template as calls of gettext, not indented as the template is."""
    code = templatize(template.read_text(encoding="utf-8"), origin=str(template))
    return re.sub(r"^\s+", "", code, flags=re.MULTILINE)


def _texts(path: Path, code: bytes) -> Iterator[Text]:
    file = str(path.relative_to(settings.BASE_DIR))
    for _line, message, _comments, context in extract("python", BytesIO(code), KEYWORDS):
        singular, plural = message if isinstance(message, tuple) else (message, "")
        if singular:
            yield Text(context or "", singular, plural, file)


def russian() -> Catalog:
    """The translations as written."""
    with (FOLDER / "django.po").open("rb") as file:
        return read_po(file, locale="ru")


def forms(message: Message) -> tuple[str, ...]:
    """All plural forms of a translation; one where there is no plural."""
    return tuple(message.string) if isinstance(message.string, (tuple, list)) else (str(message.string),)
