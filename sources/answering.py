"""What becomes of readers' suggestions: a claim is made of one, or editors answer it in words."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Claim, Suggestion
from .review import TransitionRefused


def take_up(suggestion: Suggestion, by: User, answer: str = "", claim: Claim | None = None) -> None:
    """waiting → taken up: because of the claim made of it, or with words that say what was done.

    Raises TransitionRefused (a ValidationError) and PermissionDenied.
    """
    _settle(suggestion, Suggestion.Status.TAKEN_UP, by, answer, claim)


def decline(suggestion: Suggestion, by: User, answer: str) -> None:
    """waiting → declined, with words to the sender. Raises TransitionRefused and PermissionDenied."""
    _settle(suggestion, Suggestion.Status.DECLINED, by, answer, None)


def _settle(suggestion: Suggestion, status: str, by: User, answer: str, claim: Claim | None) -> None:
    if not by.is_active or not by.has_perm("sources.publish_claim"):
        raise PermissionDenied("sources.publish_claim")
    if claim is None and not answer.strip():
        raise TransitionRefused(_("The sender is owed an answer in words."))
    with transaction.atomic():
        locked = Suggestion.objects.select_for_update().get(pk=suggestion.pk)
        if locked.status != Suggestion.Status.WAITING:
            raise TransitionRefused(_("Another editor has dealt with it already."))
        locked.status, locked.answer, locked.made_claim = status, answer.strip(), claim
        locked.handled_by, locked.handled_at = by, timezone.now()
        locked.save(update_fields=["status", "answer", "made_claim", "handled_by", "handled_at"])
