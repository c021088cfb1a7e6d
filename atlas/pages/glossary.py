"""Classification systems and other words of the trade, explained where pages use them.

In our own words. What is marked indicative could not be read in the original standard and is the common
understanding of it: UNECE, "UNFC Update 2019" (ECE Energy Series No. 61); Diatchkov, "Principles of
Classification of Reserves and Resources in the CIS Countries" (SME, 1994); the CRIRSCO template.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from deposits.categories import gkz_codes


@dataclass(frozen=True)
class Term:
    """A word and what it means; `indicative` says what of it was not checked against the standard itself."""

    key: str
    title: Any
    text: Any
    indicative: Any = ""
    #: Rows of a small table: (code, meaning).
    rows: tuple[tuple[str, Any], ...] = ()


TERMS = {
    term.key: term
    for term in (
        Term(
            "gkz",
            _("GKZ: the state commissions' system"),
            _(
                "Since 1960, state commissions on reserves (GKZ) have classified deposits in the Soviet "
                "Union and in the countries that followed it. Categories say how densely a deposit has "
                "been explored, not whether mining it pays. Balance reserves meet the conditions approved "
                "for the deposit; off-balance reserves do not, for now. A+B+C1 and C1+C2 are sums; "
                "prognostic resources are never added to them."
            ),
            _(
                "Western readers should take all of these categories as resources. Rules of thumb put A "
                "and B beside measured, C1 beside indicated and C2 beside inferred resources; the atlas "
                "never converts one into the other."
            ),
            (
                ("A", _("explored, known in detail by drilling and workings")),
                ("B", _("explored, fairly detailed")),
                ("C1", _("explored by closer sampling: the usual base of a mine's design")),
                ("C2", _("evaluated by wide sampling")),
                ("P1", _("prognostic: flanks and depths of known deposits")),
                ("P2", _("prognostic: possible new deposits in a district")),
                ("P3", _("prognostic: potential of a region")),
            ),
        ),
        Term(
            "crirsco",
            _("JORC, NI 43-101 and KAZRC: the CRIRSCO family"),
            _(
                "Codes for public reports of mining companies that follow one international template "
                "(CRIRSCO): JORC in Australasia, NI 43-101 with the CIM standards in Canada, KAZRC in "
                "Kazakhstan, which joined in 2016. Resources are inferred, indicated or measured, by how "
                "sure they are. They become probable or proved reserves only when mining, processing, "
                "market and permits have been studied. A competent person signs."
            ),
        ),
        Term(
            "unfc",
            _("UNFC: the United Nations Framework Classification for Resources"),
            _(
                "UNFC places a project's quantities on three axes. E: is it environmentally, socially and "
                "economically viable (E1 best, E3 least)? F: how mature is it technically (F1 best, F4 "
                "least)? G: how sure are the quantities (G1 most, G4 prospective)? The atlas shows a UNFC "
                "code only where a source states one, and never works one out from other systems."
            ),
            _("The meaning of single sub-categories is given here as commonly understood."),
            (
                ("E1 F1 G1–G3", _("viable projects")),
                ("E2 F2 G1–G3", _("potentially viable projects")),
                ("E3 F2 G1–G3", _("non-viable projects")),
                ("E3 F3 G4", _("prospective projects")),
                ("E3 F4", _("remaining products, not developed")),
            ),
        ),
        Term(
            "unrms",
            _("UNRMS: the United Nations Resource Management System"),
            _(
                "A voluntary standard, developed by UNECE on top of UNFC, of how minerals, energy and "
                "water should be managed sustainably. UNFC says what state a project is in; UNRMS says "
                "how resources should be managed. Programmes and policies can follow it; it is no grade "
                "of a quantity."
            ),
        ),
        Term(
            "unspecified",
            _("System not stated"),
            _(
                "The source gives a figure without saying by which classification it was made. It cannot "
                "be told whether its “reserves” have been approved by anyone."
            ),
        ),
        Term(
            "basis",
            _("Contained metal, oxide, ore"),
            _(
                "The same deposit can be stated as tonnes of ore, of an oxide in the ore, or of the metal "
                "contained in it. These are different quantities of different size, so the atlas sets "
                "only like beside like and never adds them up."
            ),
        ),
        Term(
            "precision",
            _("How precisely a place is known"),
            _(
                "Exact: within 1 km. Site: within 10 km. District: within 60 km. Region: within 250 km. "
                "Where a source names only a settlement or a district, the position is our inference and "
                "says so."
            ),
        ),
        Term(
            "agreement",
            _("Independent sources"),
            _(
                "Publishers, and people or bodies whom a source names as having said it, count once each; "
                "a reprint counts for its original. Two figures agree when they are equal, or when the "
                "finer one rounds to the coarser."
            ),
        ),
        Term(
            "grade",
            _("Grades of sources"),
            _(
                "A (completely reliable) to E (unreliable), and F where reliability cannot be judged: the "
                "Admiralty code. A source that nobody has graded says so."
            ),
        ),
        Term(
            "check",
            _("Loaded and checked"),
            _(
                "Much of the record was loaded from research, all at once. A fact counts as checked only "
                "when a named editor has compared it with its source and said so, with a date."
            ),
        ),
    )
}

_TERM_OF_SYSTEM = {
    "GKZ": "gkz",
    "JORC": "crirsco",
    "NI 43-101": "crirsco",
    "KAZRC": "crirsco",
    "UNFC": "unfc",
    "unspecified": "unspecified",
}


def terms_of_estimates(estimates: Iterable[Any]) -> list[Term]:
    """The systems that these estimates use or name codes of, and what their figures count."""
    used = {"basis"}
    for estimate in estimates:
        used.add(_TERM_OF_SYSTEM[estimate.system])
        if estimate.unfc:
            used.add("unfc")
        if estimate.system in ("GKZ", "unspecified") and gkz_codes(estimate.category):
            used.add("gkz")
    return [term for key, term in TERMS.items() if key in used]


def terms_of_findings(findings: Iterable[Any]) -> list[Term]:
    """The standards that findings' sentences name."""
    said = " ".join(finding.statement for finding in findings)
    return [TERMS[key] for key in ("unfc", "unrms") if key.upper() in said]
