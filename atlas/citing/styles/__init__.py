"""Reference styles: each turns a CSL-JSON item into one entry of a list of references, as HTML.

No style changes the letters of a title: English capitals are not for Russian or Kazakh.
"""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.html import strip_tags
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from ..items import Item
from . import apa, chicago, gost, plain


@dataclass(frozen=True)
class Style:
    """A reference style by the name that addresses and readers know it by."""

    key: str
    label: Any
    write: Callable[[Item], SafeString]

    def text(self, item: Item) -> str:
        """The entry without markup."""
        return unescape(strip_tags(self.write(item)))


STYLES = (
    Style("plain", _("Plain text"), plain.write),
    Style("apa", _("APA (7th edition)"), apa.write),
    Style("chicago", _("Chicago (author-date)"), chicago.write),
    Style("gost", _("GOST R 7.0.5-2008"), gost.write),
)
