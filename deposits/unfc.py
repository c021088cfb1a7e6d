"""Codes of the United Nations Framework Classification for Resources (UNFC, Update 2019).

A code places a project's quantities on three axes: E, how viable environmentally, socially and economically;
F, how mature technically; G, how sure the quantities. Categories and classes are those of UNECE, "United
Nations Framework Classification for Resources, Update 2019", ECE Energy Series No. 61, Geneva 2020. The atlas
stores a code only where a source states one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Promise

SUBCATEGORIES = {
    "E1": ("E1.1", "E1.2"),
    "E2": (),
    "E3": ("E3.1", "E3.2", "E3.3"),
    "F1": ("F1.1", "F1.2", "F1.3"),
    "F2": ("F2.1", "F2.2", "F2.3"),
    "F3": ("F3.1", "F3.2", "F3.3"),
    "F4": ("F4.1", "F4.2", "F4.3"),
    "G1": (),
    "G2": (),
    "G3": (),
    "G4": ("G4.1", "G4.2", "G4.3"),
}
CATEGORIES = frozenset(SUBCATEGORIES).union(*SUBCATEGORIES.values())


class UnfcClass(TextChoices):
    """The classes of projects and products that combinations of categories have."""

    VIABLE = "viable", _("viable project")
    POTENTIALLY_VIABLE = "potentially viable", _("potentially viable project")
    NON_VIABLE = "non-viable", _("non-viable project")
    PROSPECTIVE = "prospective", _("prospective project")
    REMAINING = "remaining", _("remaining products not developed")
    UNUSED = "unused", _("production unused or consumed in operations")
    OTHER = "other", _("other combination")


_CLASSES = {
    ("E1", "F1", "known"): UnfcClass.VIABLE,
    ("E2", "F2", "known"): UnfcClass.POTENTIALLY_VIABLE,
    ("E3", "F2", "known"): UnfcClass.NON_VIABLE,
    ("E3", "F3", "prospective"): UnfcClass.PROSPECTIVE,
    ("E3", "F4", "known"): UnfcClass.REMAINING,
    ("E3", "F4", "prospective"): UnfcClass.REMAINING,
}
# The cumulative low, best and high estimate of a prospective project, and the two increments.
_PROSPECTIVE_SETS = (
    ("G4",),
    ("G4.1",),
    ("G4.2",),
    ("G4.3",),
    ("G4.1", "G4.2"),
    ("G4.1", "G4.2", "G4.3"),
)
_CODE_LIKE = re.compile(r"[EFG0-9][EFG0-9.+;, ]*")
_SEPARATOR = re.compile(r" ?[;,] ?| ")


@dataclass(frozen=True)
class UnfcCode:
    """A valid code; e and f hold one category each, g one or more whose quantities are added up."""

    e: tuple[str, ...]
    f: tuple[str, ...]
    g: tuple[str, ...]
    warnings: tuple["Promise", ...] = field(default=(), compare=False)

    def __str__(self) -> str:
        return ";".join("+".join(categories) for categories in (self.e, self.f, self.g))

    @property
    def category_class(self) -> UnfcClass:
        """The class by the main categories, except that E3.1 is always production that nobody uses."""
        if "E3.1" in self.e:
            return UnfcClass.UNUSED
        source = "prospective" if self.g[0].startswith("G4") else "known"
        return _CLASSES.get((self.e[0][:2], self.f[0][:2], source), UnfcClass.OTHER)


def parse_unfc(text: str) -> UnfcCode:
    """Read a code: "E1;F1.2;G1+G2", also "e1, f1.2, g1+2", "1.1;1.2;1" and "111".

    Raises ValueError, naming the part that is wrong, for what is no code of UNFC.
    """
    tidy = re.sub(r"\s*\+\s*", "+", " ".join(text.upper().split()))
    if not _CODE_LIKE.fullmatch(tidy):
        raise _refusal(_("“{part}” is not a UNFC code such as E1;F1.2;G1+G2"), text)
    digits_only = re.fullmatch(r"[0-9]{3}", tidy) is not None
    parts = list(tidy) if digits_only else _SEPARATOR.split(tidy)
    if len(parts) != 3:
        raise _refusal(_("“{part}” does not name one category each on the axes E, F and G"), text)
    e, f, g = (_categories(axis, part) for axis, part in zip("EFG", parts, strict=True))
    for added in (e, f):
        if len(added) > 1:
            raise _refusal(_("“{part}”: only G categories can be added up"), "+".join(added))
    _check_confidence(g)
    code = UnfcCode(e, f, g)
    return replace(code, warnings=tuple(_warnings(code, digits_only)))


def _categories(axis: str, part: str) -> tuple[str, ...]:
    categories = []
    for term in part.split("+"):
        if term[:1].isalpha() and term[0] != axis:
            raise _refusal(_("“{part}” stands where a category of the axis {axis} belongs"), term, axis=axis)
        category = axis + term.removeprefix(axis)
        if category not in CATEGORIES:
            raise _refusal(_("“{part}”: there is no such UNFC category"), category)
        categories.append(category)
    return tuple(categories)


def _check_confidence(g: tuple[str, ...]) -> None:
    if any(category.startswith("G4") for category in g):
        if g not in _PROSPECTIVE_SETS:
            raise _refusal(_("“{part}” is not a set of G categories that can be added up"), "+".join(g))
    elif any(first >= second for first, second in pairwise(g)):
        raise _refusal(_("“{part}”: the G categories do not rise"), "+".join(g))


def _warnings(code: UnfcCode, digits_only: bool) -> Iterator["Promise"]:
    if code.category_class is UnfcClass.OTHER:
        yield _("This combination is allowed, but belongs to no named class.")
    if code.g == ("G1", "G3"):
        yield _("G1+G3 leaves out G2, the confidence level between.")
    if digits_only and str(code) in ("E3;F3;G1", "E3;F3;G2", "E3;F3;G3"):
        yield _(
            "331, 332 and 333 are usual only in the UNFC of 1997 and 2004: measured, indicated, inferred."
        )


def _refusal(reason: "Promise", part: str, **names: str) -> ValueError:
    return ValueError(format_lazy(reason, part=part, **names))
