"""A claim's transitions, one function each, called alike by desk, import and command.

Each takes the claims it acts on and the account that acts; it locks the claims, refuses what the
rules forbid (TransitionRefused, a ValidationError), writes, and moves the clock in one transaction.
Four eyes: whoever publishes is neither the author, nor the submitter, nor the last to edit.
"""

from collections.abc import Iterable, Sequence

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.models import User

from .clock import tick
from .models import Check, Claim, Preference, Record, Tick
from .recording import publish_record, record_models


class TransitionRefused(ValidationError):
    """The claim's state, or who acts, does not allow this step."""


def submit(claims: Iterable[Claim], by: User) -> list[Claim]:
    """draft → submitted."""
    with transaction.atomic():
        locked = _locked(claims, by, "sources.add_claim", Claim.Status.DRAFT)
        for claim in locked:
            claim.status = Claim.Status.SUBMITTED
            claim.submitted_by = by
            claim.decided_because = ""
            claim.save(update_fields=["status", "submitted_by", "decided_because", "changed_at"])
    return locked


def send_back(claims: Iterable[Claim], by: User, because: str) -> list[Claim]:
    """submitted → draft, with the editor's words; the author may also take their own claim back."""
    with transaction.atomic():
        locked = _locked(claims, by, "sources.add_claim", Claim.Status.SUBMITTED)
        for claim in locked:
            if by.pk not in (claim.author_id, claim.submitted_by_id):
                _require(by, "sources.publish_claim")
            claim.status = Claim.Status.DRAFT
            claim.submitted_by = None
            claim.decided_because = because
            claim.save(update_fields=["status", "submitted_by", "decided_because", "changed_at"])
    return locked


def reject(claims: Iterable[Claim], by: User, because: str) -> list[Claim]:
    """submitted → rejected, with a reason."""
    _owed(because)
    with transaction.atomic():
        locked = _locked(claims, by, "sources.publish_claim", Claim.Status.SUBMITTED)
        for claim in locked:
            claim.status = Claim.Status.REJECTED
            claim.decided_because = because
            claim.save(update_fields=["status", "decided_because", "changed_at"])
    return locked


def publish(claims: Iterable[Claim], by: User, why: str = "") -> int:
    """submitted → published, all at one tick; what they supersede is superseded at the same tick.

    Records that were not public yet (subject, source, publisher, partners named) become public too.
    Returns the tick.
    """
    with transaction.atomic():
        locked = _locked(claims, by, "sources.publish_claim", Claim.Status.SUBMITTED)
        for claim in locked:
            if by.pk in (claim.author_id, claim.submitted_by_id, claim.edited_by_id):
                raise TransitionRefused(
                    _("Claim %(number)s needs a second pair of eyes: you entered, submitted or edited it.")
                    % {"number": claim.pk}
                )
        replaced = _locked_targets(locked)
        number = tick(by, why or gettext_noop("claims published"))
        for claim in locked:
            if claim.supersedes_id:  # first: both may have one key, which only one in force can have
                _withdraw(
                    replaced[claim.supersedes_id],
                    Claim.Status.SUPERSEDED,
                    by,
                    number,
                    claim.note or _("replaced by claim %(number)s") % {"number": claim.pk},
                )
            claim.status = Claim.Status.PUBLISHED
            claim.published_by = by
            claim.published_tick = number
            claim.save(update_fields=["status", "published_by", "published_tick", "changed_at"])
        _publish_new_records(locked, by, number)
    return number


def retract(claim: Claim, by: User, because: str) -> int:
    """published → retracted, with a public reason; returns the tick."""
    _owed(because)
    with transaction.atomic():
        [locked] = _locked([claim], by, "sources.publish_claim", Claim.Status.PUBLISHED)
        number = tick(by, gettext_noop("claim retracted"))
        end_preferences([locked.pk], by, number, because)
        _withdraw(locked, Claim.Status.RETRACTED, by, number, because)
    return number


def check(claim: Claim, by: User, outcome: str = Check.Outcome.CONFIRMED, note: str = "") -> Check:
    """An editor's statement to have compared a published claim with its source."""
    with transaction.atomic():
        [locked] = _locked([claim], by, "sources.publish_claim", Claim.Status.PUBLISHED)
        number = tick(by, gettext_noop("claim checked against its source"))
        return Check.objects.create(claim=locked, by=by, tick=number, outcome=outcome, note=note)


def prefer(claim: Claim, by: User, reason: str, subject: Record | None = None) -> Preference:
    """Choose the claim that its point shows first; ends the choice in force, if any.

    `subject` is the record on whose page it counts: the claim's own unless that was merged away.
    """
    _owed(reason)
    with transaction.atomic():
        [locked] = _locked([claim], by, "sources.publish_claim", Claim.Status.PUBLISHED)
        about = subject.pk if subject else locked.subject_id
        standing = Preference.objects.select_for_update().filter(
            subject_id=about, point=locked.point, until_tick__isnull=True
        )
        before = list(standing)
        number = tick(by, gettext_noop("headline chosen"))
        for preference in before:
            _end(preference, by, number, reason)
        return Preference.objects.create(
            subject_id=about, point=locked.point, claim=locked, reason=reason, by=by, from_tick=number
        )


def end_preference(preference: Preference, by: User, because: str) -> int:
    """End an editor's choice of headline; returns the tick."""
    _owed(because)
    _require(by, "sources.publish_claim")
    with transaction.atomic():
        locked = Preference.objects.select_for_update().get(pk=preference.pk)
        if locked.until_tick is not None:
            raise TransitionRefused(_("That choice has already ended."))
        number = tick(by, gettext_noop("headline choice ended"))
        _end(locked, by, number, because)
    return number


def suppress(claim: Claim, by: User, agreed: User, because: str) -> None:
    """Hide a claim everywhere, as-of views included, for legal reasons: two administrators' act."""
    _owed(because)
    for administrator in (by, agreed):
        _require(administrator, "sources.suppress_claim")
    if by.pk == agreed.pk:
        raise TransitionRefused(_("Suppression takes two administrators."))
    with transaction.atomic():
        locked = Claim.objects.select_for_update().get(pk=claim.pk)
        if locked.suppressed_at:
            raise TransitionRefused(_("The claim is already suppressed."))
        number = tick(by, gettext_noop("claim suppressed for legal reasons"))
        end_preferences([locked.pk], by, number, _("the claim is suppressed"))
        locked.suppressed_at = Tick.objects.get(number=number).at
        locked.suppressed_by, locked.suppressed_with = by, agreed
        locked.decided_because = because
        locked.save(
            update_fields=[
                "suppressed_at",
                "suppressed_by",
                "suppressed_with",
                "decided_because",
                "changed_at",
            ]
        )


def _require(by: User, permission: str) -> None:
    if not by.is_active or not by.has_perm(permission):
        raise PermissionDenied(permission)


def _owed(reason: str) -> None:
    if not reason.strip():
        raise TransitionRefused(_("This step needs a reason in words."))


def _locked(claims: Iterable[Claim], by: User, permission: str, status: str) -> list[Claim]:
    """The claims' rows, locked in order of their numbers, all in the status the step starts from."""
    _require(by, permission)
    numbers = sorted({claim.pk for claim in claims})
    locked = list(Claim.objects.select_for_update().filter(pk__in=numbers).order_by("pk"))
    if not locked or len(locked) != len(numbers):
        raise TransitionRefused(_("There is no such claim."))
    for claim in locked:
        if claim.status != status or claim.suppressed_at:
            raise TransitionRefused(
                _("Claim %(number)s is %(status)s; someone may have acted on it before you.")
                % {"number": claim.pk, "status": claim.get_status_display()}
            )
    return locked


def _locked_targets(claims: Sequence[Claim]) -> dict[int, Claim]:
    """The claims that these supersede, locked; refused unless each still stands."""
    numbers = sorted(claim.supersedes_id for claim in claims if claim.supersedes_id)
    if len(set(numbers)) != len(numbers):
        raise TransitionRefused(_("Two of these claims supersede the same one."))
    targets = {
        claim.pk: claim for claim in Claim.objects.select_for_update().filter(pk__in=numbers).order_by("pk")
    }
    for claim in targets.values():
        if claim.status != Claim.Status.PUBLISHED:
            raise TransitionRefused(
                _("Claim %(number)s, which this one supersedes, no longer stands.") % {"number": claim.pk}
            )
    return targets


def _withdraw(claim: Claim, status: str, by: User, number: int, because: str) -> None:
    end_preferences([claim.pk], by, number, because)
    claim.status = status
    claim.withdrawn_by = by
    claim.withdrawn_tick = number
    claim.withdrawn_because = because
    claim.save(update_fields=["status", "withdrawn_by", "withdrawn_tick", "withdrawn_because", "changed_at"])


def end_preferences(claims: Sequence[int], by: User, number: int, because: str) -> None:
    """A claim that no longer stands heads no point."""
    for preference in Preference.objects.select_for_update().filter(
        claim__in=claims, until_tick__isnull=True
    ):
        _end(preference, by, number, because)


def _end(preference: Preference, by: User, number: int, because: str) -> None:
    preference.until_tick = number
    preference.ended_by = by
    preference.ended_because = because
    preference.save(update_fields=["until_tick", "ended_by", "ended_because"])


def _publish_new_records(claims: Sequence[Claim], by: User, number: int) -> None:
    """Records made in place while entering facts become public with the first claim about them."""
    from .models.claims import typed

    waiting: set[int] = {claim.source_id for claim in claims}
    for claim in typed(claims):
        waiting |= claim.named_records()
    seen: set[int] = set()
    while waiting - seen:
        records = Record.objects.filter(pk__in=waiting - seen, is_public=False).order_by("pk")
        seen |= waiting
        for record in list(records):
            card = record_models()[record.kind]._default_manager.get(pk=record.pk)
            waiting |= card.referred_records()
            publish_record(card, by, at=number)
