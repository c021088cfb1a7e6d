"""Who is at the desk, in the three words that its pages ask for."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User

from ..models import Claim


def is_editor(user: User | AnonymousUser) -> bool:
    """Whether they may publish, check, prefer and retract others' claims."""
    return user.is_active and user.has_perm("sources.publish_claim")


def may_edit(user: Any, claim: Claim) -> bool:
    """Whether the claim is a draft of their own, or a draft and they are an editor."""
    return claim.status == Claim.Status.DRAFT and (claim.author_id == user.pk or is_editor(user))


def sign(claim: Claim, user: Any) -> None:
    """Say who changed the claim's content; the first to do so is its author, for good."""
    if claim._state.adding:
        claim.author = user
    claim.edited_by = user
