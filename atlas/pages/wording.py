"""What stands beside a value: what it counts, on what basis, and how it differs from what is shown first."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from deposits.categories import PROGNOSTIC, RESERVES, RESOURCES, is_quoted
from deposits.models import ResourceEstimate
from deposits.unfc import parse_unfc
from projects.models import Project

from .formatting import show_country, show_date, show_grade, show_period, translated, unit_label

Words = dict[str, str | Promise]

_DIFFERENT_QUANTITY = gettext_lazy("different quantity")
#: How a claim that differs from the leading one in this aspect alone is to be read.
_DIFFERENCES: Words = {
    "period": gettext_lazy("another period"),
    "system": gettext_lazy("another system"),
    "status": gettext_lazy("money at another stage"),
    "currency": gettext_lazy("another currency"),
    "minerals": gettext_lazy("for other minerals"),
}
#: A programme is running or has ended, it is neither operating nor closed.
_PROGRAMME_STAGES: Words = {
    "announced": pgettext_lazy("programme", "announced"),
    "operating": gettext_lazy("running"),
    "suspended": pgettext_lazy("programme", "suspended"),
    "closed": gettext_lazy("ended"),
    "cancelled": pgettext_lazy("programme", "cancelled"),
}
_PROGRAMME_ROLES: Words = {
    "implementer": gettext_lazy("implementing body"),
    "donor": gettext_lazy("funded by"),
    "beneficiary": gettext_lazy("works with"),
}
_PRECISIONS: Words = {
    "exact": gettext_lazy("exact (within 1 km)"),
    "site": gettext_lazy("the site (within 10 km)"),
    "district": gettext_lazy("the district only (within 60 km)"),
    "region": gettext_lazy("the region only (within 250 km)"),
}
_NO_GROUP = gettext_lazy("neither called reserves nor resources")
_GROUPS: Words = {
    RESERVES: gettext_lazy("reserves"),
    RESOURCES: gettext_lazy("resources"),
    PROGNOSTIC: gettext_lazy("prognostic resources"),
}
_MEASURES: Words = {
    "actual": gettext_lazy("produced"),
    "capacity": gettext_lazy("capacity"),
    "planned": gettext_lazy("planned"),
}

#: Aspects of a kind of claim that make claims not comparable, each with its words; in the order shown.
Aspects = Mapping[str, str]

#: Hundreds of figures on a page count one of few things. Their words are kept by language, the active one.
_worded_once = lru_cache(maxsize=4096)
_BASES: Words = dict(ResourceEstimate.Basis.choices)
_SYSTEMS: Words = dict(ResourceEstimate.System.choices)


def aspects(claim: Any) -> Aspects:
    """What the value counts, aspect by aspect: {"basis": "contained metal", "scope": "the whole deposit"}.

    Claims of a point are comparable when all of these are the same (`Claim.comparison_key`).
    """
    return _ASPECTS.get(claim.kind, lambda _claim: {})(claim)


def qualifiers(claim: Any) -> list[str]:
    """What else the source says of its value: category in its own words, grade, since when, with whom."""
    return [words for words in _QUALIFIERS.get(claim.kind, lambda _claim: [])(claim) if words]


def difference(claim: Any, leading: Any) -> str:
    """How a claim not comparable with the leading one is to be read; "" where it counts the same."""
    if claim.kind == "estimate" and claim.scope:
        return _("another part of the deposit") if leading.scope else _("part of the deposit")
    if claim.kind == "estimate" and leading.scope:
        return _("the whole deposit")
    if claim.kind == "location" and claim.inferred:
        return _("our inference")
    own, other = aspects(claim), aspects(leading)
    differing = [name for name, words in own.items() if words != other.get(name)]
    only = differing[0] if len(differing) == 1 else ""
    return str(_DIFFERENCES.get(only, _DIFFERENT_QUANTITY)) if differing else ""


def role_word(claim: Any, project: Project | None = None) -> str:
    """A partner's role in a project; programmes use words of their own."""
    if project is not None and project.type == Project.Type.PROGRAMME and claim.role in _PROGRAMME_ROLES:
        return str(_PROGRAMME_ROLES[claim.role])
    return str(claim.get_role_display())


def stage_word(stage: str, label: str, project: Project | None = None) -> str:
    """A stage in words; programmes use words of their own."""
    if project is not None and project.type == Project.Type.PROGRAMME and stage in _PROGRAMME_STAGES:
        return str(_PROGRAMME_STAGES[stage])
    return label


def since_words(claim: Any) -> str:
    """Since and until when, as far as stated: "since 2019", "since when is not stated; …"."""
    until = _("until %(date)s") % {"date": show_date(claim.until)} if claim.until else ""
    if claim.since:
        return ", ".join(filter(None, (_("since %(date)s") % {"date": show_date(claim.since)}, until)))
    reported = claim.as_of or claim.source.published
    if until:
        return until
    if reported:
        return _("since when is not stated; reported %(date)s") % {"date": show_date(reported)}
    return _("since when is not stated; report undated")


def precision_words(precision: str) -> str:
    """How far off a stated position may be, in words."""
    return str(_PRECISIONS[precision])


def group_words(group: str) -> str:
    """What a category amounts to: reserves, resources or a prognosis."""
    return str(_GROUPS.get(group, _NO_GROUP))


def _estimate_aspects(claim: Any) -> Aspects:
    form, scope = translated(claim, "form"), translated(claim, "scope")
    is_grade = claim.quantity is None and claim.grade is not None
    return _estimate_words(is_grade, form, claim.basis, claim.group, claim.system, scope, get_language())


@_worded_once
def _estimate_words(
    is_grade: bool, form: str, basis: str, group: str, system: str, scope: str, language: str | None
) -> Aspects:
    return {
        "measure": _("grade only") if is_grade else "",
        "form": form,
        "basis": str(_BASES[basis]) if basis else _("basis not stated"),
        "group": group_words(group),
        "system": str(_SYSTEMS[system]),
        "scope": scope or _("whole deposit"),
    }


def _production_aspects(claim: Any) -> Aspects:
    return _production_words(claim.measure, translated(claim, "form"), claim.period, get_language())


@_worded_once
def _production_words(measure: str, form: str, period: str, language: str | None) -> Aspects:
    return {
        "measure": str(_MEASURES[measure]),
        "form": form,
        "period": show_period(period) or _("period not stated"),
    }


def _investment_aspects(claim: Any) -> Aspects:
    return {
        "status": str(claim.get_status_of_money_display()),
        "currency": claim.currency,
        "minerals": ", ".join(mineral.label for mineral in claim.minerals.all()),
    }


def _finding_aspects(claim: Any) -> Aspects:
    if claim.quantity is None:
        return {}
    return {"unit": unit_label(claim) or _("count")}


def _estimate_qualifiers(claim: Any) -> list[str]:
    grade = show_grade(claim) if claim.quantity is not None else ""
    as_written = is_quoted(claim.category, claim.source.language)
    return _estimate_qualified(claim.category, as_written, grade, claim.unfc, get_language())


@_worded_once
def _estimate_qualified(
    category: str, as_written: bool, grade: str, unfc: str, language: str | None
) -> list[str]:
    words = _("“%(category)s” in the source") if as_written else _("in our English: %(category)s")
    return [
        words % {"category": category} if category else "",
        _("grade %(grade)s") % {"grade": grade} if grade else "",
        f"UNFC {unfc} ({parse_unfc(unfc).category_class.label})" if unfc else "",
    ]


def _investment_qualifiers(claim: Any) -> list[str]:
    partners = ", ".join(partner.label for partner in claim.partners.all())
    return [_("with %(partners)s") % {"partners": partners} if partners else ""]


def _location_qualifiers(claim: Any) -> list[str]:
    return [precision_words(claim.precision), _("our inference") if claim.inferred else ""]


_ASPECTS: dict[str, Callable[[Any], Aspects]] = {
    "estimate": _estimate_aspects,
    "production": _production_aspects,
    "investment": _investment_aspects,
    "finding": _finding_aspects,
}
_QUALIFIERS: dict[str, Callable[[Any], list[str]]] = {
    "estimate": _estimate_qualifiers,
    "investment": _investment_qualifiers,
    "location": _location_qualifiers,
    "involvement": lambda claim: [since_words(claim)],
    "ownership": lambda claim: [since_words(claim)],
}


def seat(code: str) -> str:
    """The country of a partner's or publisher's seat, or that it is not known."""
    return show_country(code) if code else pgettext("country", "not stated")
