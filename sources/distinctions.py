"""Editors' verdicts that two records which look like one are two: said with a reason, and taken back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Distinction, Record
from .review import TransitionRefused


def set_apart(one: Record, other: Record, by: User, reason: str) -> Distinction:
    """Remember that two records are two. Raises TransitionRefused and PermissionDenied."""
    _editors_only(by)
    if not reason.strip():
        raise TransitionRefused(_("This step needs a reason in words."))
    if one.kind != other.kind or one.pk == other.pk:
        raise TransitionRefused(_("Only two records of one kind can be told apart."))
    first, second = sorted((one.pk, other.pk))
    with transaction.atomic():
        list(Record.objects.select_for_update().filter(pk__in=(first, second)).order_by("pk"))
        if standing().filter(first=first, second=second).exists():
            raise TransitionRefused(_("Another editor has told them apart already."))
        return Distinction.objects.create(first_id=first, second_id=second, reason=reason.strip(), by=by)


def take_back(verdict: Distinction, by: User) -> None:
    """Let two records count as a possible double again. Raises TransitionRefused and PermissionDenied."""
    _editors_only(by)
    with transaction.atomic():
        locked = Distinction.objects.select_for_update().get(pk=verdict.pk)
        if locked.ended_at:
            raise TransitionRefused(_("That verdict was taken back already."))
        locked.ended_by, locked.ended_at = by, timezone.now()
        locked.save(update_fields=["ended_by", "ended_at"])


def standing(kind: str = "") -> "QuerySet[Distinction]":
    """The verdicts that stand, on records of a kind if one is named."""
    verdicts = Distinction.objects.filter(ended_at__isnull=True)
    return verdicts.filter(first__kind=kind) if kind else verdicts


def between(one: Record, other: Record) -> "QuerySet[Distinction]":
    """Every verdict on two records, the newest first, taken back or not."""
    first, second = sorted((one.pk, other.pk))
    found = Distinction.objects.filter(first=first, second=second)
    return found.select_related("by", "ended_by").order_by("-pk")


def _editors_only(by: User) -> None:
    if not by.is_active or not by.has_perm("sources.publish_claim"):
        raise PermissionDenied("sources.publish_claim")
