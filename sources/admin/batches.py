"""One source's claims that wait, reviewed as one, each beside what is published on its point."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Case, Count, Q, When
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User

from .. import review
from ..models import Claim, Record, Source
from .claims import claim_address
from .hints import Neighbour, neighbours
from .people import is_editor
from .site import queue_address
from .statements import one_line, typed_rows
from .steps import STEPS, Step

#: How many claims are reviewed at once; when they are decided, the next take their place.
AT_ONCE = 100

_TAKE: dict[str, Callable[[Sequence[Claim], User, str], object]] = {
    "publish": lambda claims, by, words: review.publish(claims, by),
    "send-back": review.send_back,
    "reject": review.reject,
}


@dataclass(frozen=True)
class Waiting:
    """A claim of the batch, as the page shows it."""

    claim: Claim
    author: User
    line: str
    address: str
    #: (neighbour, its line, its page) of each published claim on its point.
    beside: list[tuple[Neighbour, str, str]]
    #: Whether a second pair of eyes is needed: this person entered, submitted or edited it.
    is_own: bool
    #: Its number, and when it was last changed before the page was made.
    ticket: str
    is_ticked: bool


class ReviewsBatches:
    """Part of the sources' admin: the page on which an editor decides on all that waits from one source."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.batch)  # type: ignore[attr-defined]
        return [path("<int:number>/review/", view, name="sources_source_review"), *super().get_urls()]  # type: ignore[misc]

    def batch(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what waits from the source; publish, send back or reject the ticked: all of them or none."""
        if not is_editor(request.user):
            raise PermissionDenied
        source = get_object_or_404(Source.objects.select_related("publisher"), pk=number)
        ticked = request.POST.getlist("claim")
        if request.method != "POST":
            return self._batch_page(request, source, None)
        step = STEPS.get(request.POST.get("step", ""))
        try:
            count = _decide(source, step, ticked, request.user, request.POST.get("words", ""))  # type: ignore[arg-type]
        except ValidationError as refusal:
            why = " ".join(refusal.messages) + " " + _("Nothing was changed.")
            return self._batch_page(request, source, ticked, why)
        text = ngettext("%(count)d claim: %(done)s", "%(count)d claims: %(done)s", count)
        messages.success(request, text % {"count": count, "done": step.done if step else ""})
        more = Claim.objects.waiting().filter(source_id=source.pk).exists()
        return HttpResponseRedirect(request.path if more else queue_address(status__exact="submitted"))

    def _batch_page(
        self, request: HttpRequest, source: Source, ticked: list[str] | None, why: str = ""
    ) -> TemplateResponse:
        waiting = Claim.objects.waiting().select_related("author")
        claims = waiting.filter(source_id=source.pk, suppressed_at__isnull=True)
        others_first = claims.order_by(_is_own(request.user), "subject__name", "subject", "pk")
        rows = _rows(others_first[:AT_ONCE], request.user, ticked)
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Review one source's claims"),
            "content_title": _("Review one source's claims"),
            "in_hand": source,
            "records": _by_record(rows),
            "count": claims.count(),
            "shown": len(rows),
            "steps": [STEPS[name] for name in _TAKE],
            "words": request.POST.get("words", ""),
            "why": why,
            "next": _next_batch(source),
        }
        return TemplateResponse(request, "admin/source_review.html", context, status=409 if why else 200)


def batch_address(source: int) -> str:
    return reverse("admin:sources_source_review", args=[source])


def _decide(source: Source, step: Step | None, tickets: Sequence[str], by: User, words: str) -> int:
    """Take the step for the claims of the tickets; returns how many.

    Raises TransitionRefused where one was changed since the page was made, or the step is not allowed.
    """
    if step is None or step.name not in _TAKE:
        raise review.TransitionRefused(_("Say what is to be done with them."))
    if step.owed and not words.strip():
        raise review.TransitionRefused(_("This step needs a reason in words."))
    if not tickets:
        raise review.TransitionRefused(_("No claim is ticked."))
    with transaction.atomic():
        numbers = [number for number in map(_number_of, tickets) if number]
        claims = list(
            Claim.objects.select_for_update().filter(pk__in=numbers, source_id=source.pk).order_by("pk")
        )
        if {_ticket(claim) for claim in claims} != set(tickets):
            raise review.TransitionRefused(
                _("A ticked claim was changed after this page was made. Read it again.")
            )
        _TAKE[step.name](claims, by, words)
    return len(claims)


def _is_own(user: Any) -> Case:
    """Whether the person may not publish a claim, for sorting: they entered, submitted or edited it."""
    own = Q(author=user.pk) | Q(submitted_by=user.pk) | Q(edited_by=user.pk)
    return Case(When(own, then=True), default=False)  # nobody having edited it is no NULL then


def _ticket(claim: Claim) -> str:
    return f"{claim.pk}@{claim.changed_at.isoformat()}"


def _number_of(ticket: str) -> int:
    """The claim's number; 0 for what is no ticket."""
    number, _at, _changed = ticket.partition("@")
    return int(number) if number.isdecimal() and len(number) < 19 else 0


def _rows(claims: Iterable[Claim], user: Any, ticked: list[str] | None) -> list[Waiting]:
    """What the page shows of each; ticked at first are those that this person may publish."""
    waiting = list(claims)
    typed = typed_rows(waiting)
    beside = neighbours(typed)
    rows = []
    for row, claim in zip(waiting, typed, strict=True):
        is_own = user.pk in (claim.author_id, claim.submitted_by_id, claim.edited_by_id)
        ticket = _ticket(claim)
        shown = [(one, one_line(one.claim), claim_address(one.claim)) for one in beside[claim.pk]]
        is_ticked = not is_own if ticked is None else ticket in ticked
        page = claim_address(claim)
        rows.append(Waiting(claim, row.author, one_line(claim), page, shown, is_own, ticket, is_ticked))
    return rows


def _by_record(rows: Sequence[Waiting]) -> list[tuple[Record, list[Waiting]]]:
    """The rows of each record together, in their order."""
    found: dict[int, tuple[Record, list[Waiting]]] = {}
    for row in rows:
        found.setdefault(row.claim.subject_id, (row.claim.subject, []))[1].append(row)
    return list(found.values())


def _next_batch(source: Source) -> tuple[str, int, str] | None:
    """(title, how many wait, page) of the other source from which most claims wait."""
    waiting = Claim.objects.waiting().filter(suppressed_at__isnull=True).exclude(source_id=source.pk)
    most = waiting.values("source", "source__name").annotate(count=Count("pk")).order_by("-count", "source")
    first = most.first()
    return (first["source__name"], first["count"], batch_address(first["source"])) if first else None
