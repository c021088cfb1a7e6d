"""Everything that an account did, of every kind, newest first."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.db.models import BigIntegerField, CharField, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .models import Batch, Check, Claim, Preference, Suggestion, SuppressionRequest, Tick, Version

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Act:
    """A kind of act: how it is called, which rows tell of it, and what names the moment.

    `moment` is a column with a moment, or one with a tick (`ticked`). A claim's submission has none of its
    own: it stands where the claim was entered, and no moment is shown (`dated` is false).
    """

    name: str
    label: Any
    rows: Callable[[User], Rows]
    moment: str
    #: What the rows are, as `sources.admin.activity` reads them.
    of: str = "claim"
    ticked: bool = False
    dated: bool = True


ACTS = {
    act.name: act
    for act in (
        Act("entered", _("entered claims"), lambda u: Claim.objects.filter(author=u), "created_at"),
        Act(
            "edited",
            _("edited others' drafts"),
            lambda u: Claim.objects.filter(edited_by=u).exclude(author=u),
            "created_at",
            dated=False,
        ),
        Act(
            "submitted",
            _("submitted claims"),
            lambda u: Claim.objects.filter(submitted_by=u),
            "created_at",
            dated=False,
        ),
        Act(
            "published",
            _("published claims"),
            lambda u: Claim.objects.filter(published_by=u),
            "published_tick",
            ticked=True,
        ),
        Act(
            "withdrew",
            _("superseded or retracted claims"),
            lambda u: Claim.objects.filter(withdrawn_by=u),
            "withdrawn_tick",
            ticked=True,
        ),
        Act("checked", _("checked claims"), lambda u: Check.objects.filter(by=u), "tick", "check", True),
        Act(
            "preferred",
            _("chose headlines"),
            lambda u: Preference.objects.filter(by=u),
            "from_tick",
            "preference",
            True,
        ),
        Act(
            "ended",
            _("ended choices of headlines"),
            lambda u: Preference.objects.filter(ended_by=u),
            "until_tick",
            "preference",
            True,
        ),
        Act(
            "changed",
            _("made or changed public records"),
            lambda u: Version.objects.filter(by=u),
            "from_tick",
            "version",
            True,
        ),
        Act(
            "answered",
            _("dealt with readers' suggestions"),
            lambda u: Suggestion.objects.filter(handled_by=u),
            "handled_at",
            "suggestion",
        ),
        Act(
            "asked",
            _("asked to suppress claims"),
            lambda u: SuppressionRequest.objects.filter(asked_by=u),
            "asked_at",
            "suppression",
        ),
        Act(
            "decided",
            _("decided on suppressions"),
            lambda u: SuppressionRequest.objects.filter(decided_by=u),
            "decided_at",
            "suppression",
        ),
        Act("loaded", _("loaded files"), lambda u: Batch.objects.filter(loaded_by=u), "loaded_at", "batch"),
        Act("saved", _("saved at the desk"), lambda u: LogEntry.objects.filter(user=u), "action_time", "log"),
    )
}


def counts(user: User) -> dict[str, int]:
    """How many acts of each kind."""
    return {name: act.rows(user).count() for name, act in ACTS.items()}


def acts_of(user: User, kind: str = "") -> Rows:
    """(kind of act, moment, number of its row) of everything the account did, newest first.

    `kind` is a key of ACTS; "" for all.
    """
    first, *others = [_uniform(act, user) for name, act in ACTS.items() if kind in ("", name)]
    return (first.union(*others, all=True) if others else first).order_by("-at", "act", "-number")


def _uniform(act: Act, user: User) -> Rows:
    moment: Any = F(act.moment)
    if act.ticked:
        moment = Subquery(Tick.objects.filter(number=OuterRef(act.moment)).values("at"))
    rows = act.rows(user).filter(Q(**{f"{act.moment}__isnull": False})).order_by()
    return rows.annotate(
        act=Value(act.name, output_field=CharField()),
        at=moment,
        number=Cast("pk", BigIntegerField()),
    ).values_list("act", "at", "number")
