"""Hiding a claim everywhere for legal reasons: one administrator asks, a second confirms or declines.

Each step locks the claim and the request, and raises TransitionRefused (a ValidationError) or
PermissionDenied. Confirming calls `review.suppress`, which moves the clock.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from . import review
from .models import Claim, SuppressionRequest
from .models.claims import ONCE_PUBLIC
from .review import TransitionRefused

Outcome = SuppressionRequest.Outcome
PERMISSION = "sources.suppress_claim"


def open_request(claim: Claim) -> SuppressionRequest | None:
    """The request on the claim that waits for a second administrator."""
    waiting = SuppressionRequest.objects.filter(claim_id=claim.pk, outcome=Outcome.OPEN)
    return waiting.select_related("asked_by").first()


def ask(claim: Claim, by: User, because: str) -> SuppressionRequest:
    """Ask for a claim that is or was public to be hidden; nothing is hidden yet."""
    _require(by)
    if not because.strip():
        raise TransitionRefused(_("This step needs a reason in words."))
    with transaction.atomic():
        locked = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        if locked.suppressed_at:
            raise TransitionRefused(_("The claim is already suppressed."))
        if locked.status not in ONCE_PUBLIC:
            raise TransitionRefused(_("Only what is or was public can be suppressed; this claim never was."))
        if open_request(locked):
            raise TransitionRefused(_("Its suppression is asked for already."))
        return SuppressionRequest.objects.create(claim=locked, because=because.strip(), asked_by=by)


def confirm(request: SuppressionRequest, by: User) -> None:
    """Hide the claim: the second administrator agrees with the first."""
    _require(by)
    with transaction.atomic():
        locked = _locked(request)
        if by.pk == locked.asked_by_id:
            raise TransitionRefused(_("You asked for it: a second administrator confirms or declines."))
        review.suppress(locked.claim, by=locked.asked_by, agreed=by, because=locked.because)
        _decide(locked, Outcome.CONFIRMED, by)


def decline(request: SuppressionRequest, by: User, because: str) -> None:
    """Leave the claim as it is, with words to who asked."""
    _require(by)
    if not because.strip():
        raise TransitionRefused(_("This step needs a reason in words."))
    with transaction.atomic():
        locked = _locked(request)
        if by.pk == locked.asked_by_id:
            raise TransitionRefused(_("You asked for it: a second administrator confirms or declines."))
        _decide(locked, Outcome.DECLINED, by, because.strip())


def take_back(request: SuppressionRequest, by: User) -> None:
    """Drop one's own request."""
    _require(by)
    with transaction.atomic():
        locked = _locked(request)
        if by.pk != locked.asked_by_id:
            raise TransitionRefused(_("Only who asked for it can take it back."))
        _decide(locked, Outcome.TAKEN_BACK, by)


def _require(by: User) -> None:
    if not by.is_active or not by.has_perm(PERMISSION):
        raise PermissionDenied(PERMISSION)


def _locked(request: SuppressionRequest) -> SuppressionRequest:
    """The request, locked after its claim, and still open."""
    Claim.objects.select_for_update().get(pk=request.claim_id)
    locked = SuppressionRequest.objects.select_for_update().get(pk=request.pk)
    if locked.outcome != Outcome.OPEN:
        raise TransitionRefused(
            _("That request is %(outcome)s already.") % {"outcome": locked.get_outcome_display()}
        )
    return locked


def _decide(request: SuppressionRequest, outcome: str, by: User, answer: str = "") -> None:
    request.outcome, request.decided_by, request.answer = outcome, by, answer
    request.decided_at = timezone.now()
    request.save(update_fields=["outcome", "decided_by", "decided_at", "answer"])
