"""The buttons of a claim's life: which of them a person sees, and what each calls in `sources.review`."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .. import review, suppression
from ..models import Check, Claim, Preference
from ..models.claims import ONCE_PUBLIC
from .people import is_editor, may_edit


@dataclass(frozen=True)
class Step:
    """One button."""

    name: str
    label: Any
    done: Any
    #: Label of the field for words; "" where the step takes none.
    words: Any = ""
    #: Whether it cannot be done without words.
    owed: bool = False
    #: Whether its words stay out of the claim's history, which contributors can read.
    private: bool = False
    outcomes: tuple[tuple[str, Any], ...] = ()
    leads: bool = False
    #: The browser's access key for it, "" for none (Alt, Alt+Shift or Control+Option with it).
    key: str = ""


STEPS = {
    step.name: step
    for step in (
        Step("submit", _("Submit for review"), _("Submitted; an editor will decide."), leads=True),
        Step("take-back", _("Take back"), _("Taken back; it is a draft again.")),
        Step("publish", _("Publish"), _("Published."), leads=True, key="p"),
        Step(
            "send-back",
            _("Send back"),
            _("Sent back to its author."),
            _("What its author should do"),
            owed=True,
            key="b",
        ),
        Step("reject", _("Reject"), _("Rejected."), _("Why it is rejected"), owed=True, key="r"),
        Step(
            "check",
            _("Checked against the source"),
            _("Your check stands on the public page."),
            _("Note for readers (may be blank)"),
            outcomes=tuple(Check.Outcome.choices),
        ),
        Step(
            "prefer",
            _("Show first on its point"),
            _("It now heads its point."),
            _("Why, in public"),
            owed=True,
        ),
        Step(
            "end-preference",
            _("No longer show first"),
            _("The choice has ended."),
            _("Why, in public"),
            owed=True,
        ),
        Step("retract", _("Retract"), _("Retracted; it stays reachable."), _("Why, in public"), owed=True),
        Step(
            "ask-suppression",
            _("Ask to suppress for legal reasons"),
            _("Asked for; a second administrator decides. Nothing is hidden yet."),
            _("The legal reason, for the second administrator and the file; not public"),
            owed=True,
            private=True,
        ),
        Step(
            "confirm-suppression",
            _("Confirm the suppression"),
            _("Suppressed: it is hidden everywhere, past moments included. Only a note remains."),
        ),
        Step(
            "decline-suppression",
            _("Decline the suppression"),
            _("Declined; the claim stays as it is."),
            _("Why it is declined, for who asked"),
            owed=True,
            private=True,
        ),
        Step(
            "take-back-suppression",
            _("Take back the request to suppress"),
            _("Taken back; the claim stays as it is."),
        ),
    )
}


def preference_on(claim: Claim) -> Preference | None:
    """The choice of headline in force that this claim holds."""
    return Preference.objects.filter(claim_id=claim.pk, until_tick__isnull=True).select_related("by").first()


def next_waiting(claim: Claim) -> int | None:
    """Number of the claim that comes after this one in the queue, which begins anew at its end."""
    others = Claim.objects.waiting().exclude(pk=claim.pk).order_by("-pk").values_list("pk", flat=True)
    return others.filter(pk__lt=claim.pk).first() or others.first()


def waits_in_batch(claim: Claim) -> bool:
    """Whether it waits for review, and others from its source do."""
    others = Claim.objects.waiting().filter(source_id=claim.source_id).exclude(pk=claim.pk)
    return claim.status == Claim.Status.SUBMITTED and others.exists()


def offered(claim: Claim, user: Any) -> list[Step]:
    """The steps that this person may try on the claim now."""
    names: list[str] = []
    editor = is_editor(user)
    if claim.suppressed_at:
        return []
    if may_edit(user, claim):
        names = ["submit"]
    elif claim.status == Claim.Status.SUBMITTED:
        own = user.pk in (claim.author_id, claim.submitted_by_id)
        mine = own or user.pk == claim.edited_by_id
        names = ["publish"] * (editor and not mine)
        names += ["send-back", "reject"] if editor and not own else []
        names += ["take-back"] if own else []
    elif claim.status == Claim.Status.PUBLISHED and editor:
        names = ["check", "end-preference" if preference_on(claim) else "prefer", "retract"]
    return [STEPS[name] for name in [*names, *_suppression_steps(claim, user)]]


def _suppression_steps(claim: Claim, user: Any) -> list[str]:
    """What an administrator may do about hiding a claim that is or was public."""
    if claim.status not in ONCE_PUBLIC or not user.has_perm(suppression.PERMISSION):
        return []
    asked = suppression.open_request(claim)
    if asked is None:
        return ["ask-suppression"]
    return (
        ["take-back-suppression"]
        if asked.asked_by_id == user.pk
        else ["confirm-suppression", "decline-suppression"]
    )


def take(step: Step, claim: Claim, by: User, words: str = "", outcome: str = "") -> None:
    """Take the step. Raises review.TransitionRefused (a ValidationError) and PermissionDenied."""
    match step.name:
        case "submit":
            if claim.status == Claim.Status.DRAFT and not may_edit(by, claim):
                raise PermissionDenied(_("A draft is submitted by its author or by an editor."))
            review.submit([claim], by)
        case "take-back":
            review.send_back([claim], by, "")
        case "publish":
            review.publish([claim], by)
        case "send-back":
            if not words.strip():
                raise review.TransitionRefused(_("This step needs a reason in words."))
            review.send_back([claim], by, words)
        case "reject":
            review.reject([claim], by, words)
        case "check":
            review.check(claim, by, outcome or Check.Outcome.CONFIRMED, words)
        case "prefer":
            review.prefer(claim, by, words)
        case "end-preference":
            preference = preference_on(claim)
            if preference is None:
                raise review.TransitionRefused(_("That choice has already ended."))
            review.end_preference(preference, by, words)
        case "retract":
            review.retract(claim, by, words)
        case "ask-suppression":
            suppression.ask(claim, by, words)
        case _:
            _decide_suppression(step, claim, by, words)


def _decide_suppression(step: Step, claim: Claim, by: User, words: str) -> None:
    asked = suppression.open_request(claim)
    if asked is None:
        raise review.TransitionRefused(_("Nobody asks for its suppression any more."))
    match step.name:
        case "confirm-suppression":
            suppression.confirm(asked, by)
        case "decline-suppression":
            suppression.decline(asked, by, words)
        case "take-back-suppression":
            suppression.take_back(asked, by)
