"""One claim as a page shows it beside its source: its value, what that counts, when, and who checked it."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext

from sources.models import Check, Source

from .formatting import object_of, show_date, show_day, show_quantity, unit_label
from .wording import Aspects, aspects, qualifiers


@dataclass(frozen=True)
class Statement:
    """One claim as a page shows it beside its source."""

    claim: Any
    value: str
    #: The active language, which all of its words are in.
    language: str
    #: What it is beside the value shown first: "earlier report", "says otherwise", …; "" for that value.
    label: str = ""
    #: agree, differ or muted: how the label looks.
    tone: str = ""
    check: Check | None = None
    checked_at: datetime | None = None
    #: What partners published in reply to it.
    replies: "tuple[Statement, ...]" = ()

    @property
    def dated(self) -> str:
        """The time it is about, else when its source was published, else that it is undated."""
        return _dated(self.claim.as_of, self.claim.source.published, self.language)

    @property
    def number(self) -> str:
        """The claim's number as addresses have it, in every language."""
        return str(self.claim.pk)

    @cached_property
    def qualifiers(self) -> list[str]:
        """What else the source says of its value: category in its own words, grade, since when, with whom."""
        return qualifiers(self.claim)

    @cached_property
    def aspects(self) -> Aspects:
        """What its value counts, aspect by aspect."""
        return aspects(self.claim)

    @property
    def kind(self) -> str:
        """What readers call its kind: "resource estimate"."""
        return str(self.claim._meta.verbose_name)

    @property
    def object(self) -> Any:
        """The mineral, partner or owner that its value is about, if one."""
        return object_of(self.claim)

    @cached_property
    def counts(self) -> str:
        """What its value counts, as one line: "contained metal · reserves · whole deposit"."""
        return counted(self.aspects)

    @property
    def figure(self) -> str:
        """What its value counts; beside a finding's sentence its figure with the unit: "22 elements"."""
        if self.claim.kind == "finding" and self.claim.quantity is not None:
            return show_quantity(self.claim.quantity, unit_label(self.claim))
        return self.counts

    @property
    def checked(self) -> str:
        """Who compared it with its source, when, and what they found; or that nobody has yet."""
        if self.check is None or self.checked_at is None:
            return gettext("not yet checked")
        return gettext("checked by %(who)s on %(at)s: %(outcome)s") % {
            "who": self.check.by.signature,
            "at": show_day(self.checked_at),
            "outcome": self.check.get_outcome_display(),
        }

    @property
    def date_inferred(self) -> bool:
        """Whether the date shown is the source's, and that is our inference."""
        return not self.claim.as_of and "published" in (self.claim.source.inferred or ())

    @property
    def grade(self) -> str:
        """The source's grade in words."""
        return _grade(self.claim.source.reliability, self.language)

    @property
    def text(self) -> str:
        """The sentence of a claim on money; that of a finding is its value."""
        return self.claim.text_in(self.language, "statement")[0] if self.claim.kind == "investment" else ""

    @property
    def text_language(self) -> str:
        if self.claim.kind not in ("investment", "finding"):
            return ""
        return str(self.claim.text_in(self.language, "statement")[1])

    @property
    def note(self) -> str:
        return str(self.claim.text_in(self.language, "note")[0])

    @property
    def note_language(self) -> str:
        return str(self.claim.text_in(self.language, "note")[1])


# A heavy page asks these two hundreds of times, mostly the same. The language is named because the answer
# depends on it.


@lru_cache(maxsize=8192)
def _dated(as_of: str, published: str, language: str) -> str:
    if as_of:
        return gettext("as of %(date)s") % {"date": show_date(as_of)}
    if published:
        return gettext("reported %(date)s") % {"date": show_date(published)}
    return gettext("undated")


@lru_cache(maxsize=64)
def _grade(reliability: str, language: str) -> str:
    return str(dict(Source.Reliability.choices).get(reliability, "")) or gettext("not graded")


def counted(found: Aspects) -> str:
    """What a value counts, as one line: "contained metal · reserves · whole deposit"."""
    shown = (words for name, words in found.items() if name != "currency")
    return " · ".join(words for words in shown if words)
