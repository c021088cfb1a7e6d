"""Taking records off the atlas without losing an address: merge, withdraw, and undoing either.

Claims never move: a page shows the claims of its own record and of those merged into it, so that
undoing a merge is one more version and nothing else.
"""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User

from .clock import tick
from .models import Record
from .recording import publish_record, record_models
from .review import TransitionRefused


def merge(record: Record, into: Record, by: User) -> int:
    """Let `into` stand for `record`, whose address then redirects there; returns the tick."""
    if record.kind != into.kind:
        raise TransitionRefused(_("Only records of one kind can be merged."))

    def change(locked: Record) -> None:
        target = Record.objects.select_for_update(no_key=True).get(pk=into.pk)
        if locked.pk == target.pk or target.merged_into_id or target.withdrawn_because:
            raise TransitionRefused(_("The record to merge into must be another one, and stand."))
        locked.merged_into = target

    return _change(record, by, gettext_noop("record merged"), change)


def undo_merge(record: Record, by: User) -> int:
    """Let a merged record stand for itself again; returns the tick."""

    def change(locked: Record) -> None:
        if not locked.merged_into_id:
            raise TransitionRefused(_("The record is not merged."))
        locked.merged_into = None

    return _change(record, by, gettext_noop("merge undone"), change)


def withdraw(record: Record, by: User, because: str) -> int:
    """Take a record off the atlas; its address answers 410 with the reason. Returns the tick."""
    if not because.strip():
        raise TransitionRefused(_("This step needs a reason in words."))

    def change(locked: Record) -> None:
        locked.withdrawn_because = because

    return _change(record, by, gettext_noop("record withdrawn"), change)


def reinstate(record: Record, by: User) -> int:
    """Bring a withdrawn record back; returns the tick."""

    def change(locked: Record) -> None:
        if not locked.withdrawn_because:
            raise TransitionRefused(_("The record is not withdrawn."))
        locked.withdrawn_because = ""

    return _change(record, by, gettext_noop("record reinstated"), change)


def _change(record: Record, by: User, why: str, change: Callable[[Record], None]) -> int:
    if not by.is_active or not by.has_perm("sources.publish_claim"):
        raise PermissionDenied("sources.publish_claim")
    with transaction.atomic():
        locked = (
            record_models()[record.kind]
            ._default_manager.select_for_update(of=("self",), no_key=True)
            .get(pk=record.pk)
        )
        if not locked.is_public:
            raise TransitionRefused(_("The record is not public."))
        change(locked)
        locked.save(update_fields=["merged_into", "withdrawn_because"])
        number = tick(by, why)
        publish_record(locked, by, at=number)
    return number
