"""Reads of claims that every kind shares."""

from typing import Any

from django.db import models
from django.db.models import Prefetch, Q


class ClaimQuerySet(models.QuerySet[Any]):
    def as_of(self, tick: int) -> "ClaimQuerySet":
        """Claims in force at that tick: published by then, not withdrawn by then, never suppressed."""
        return self.filter(
            Q(withdrawn_tick__isnull=True) | Q(withdrawn_tick__gt=tick),
            published_tick__lte=tick,
            suppressed_at__isnull=True,
        )

    def waiting(self) -> "ClaimQuerySet":
        """Claims that wait for an editor."""
        return self.filter(status="submitted")

    def complete(self) -> "ClaimQuerySet":
        """With all that a statement carries: its translations, and its lists.

        One query more for each of them. Who reads several kinds has `sources.queries.complete`.
        """
        return self.with_lists().prefetch_related(Prefetch("texts", to_attr="translations"))

    def with_lists(self) -> "ClaimQuerySet":
        """With the lists that a statement carries, such as an investment's minerals, one query for each.

        On a kind's own manager, as `Claim` itself carries none.
        """
        return self.prefetch_related(*(field.name for field in self.model._meta.local_many_to_many))
