"""A claim is one source saying one thing about one subject."""

from collections.abc import Hashable, Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..fields import PartialDateField, partial_date_check
from .batches import Batch
from .choices import WordedChoices
from .publications import Source
from .querysets import ClaimQuerySet
from .records import Record

if TYPE_CHECKING:
    from .texts import ClaimText

#: Statuses in which a claim is, or once was, public.
ONCE_PUBLIC = ("published", "superseded", "retracted")


class Claim(WordedChoices):
    """What every kind of claim shares; each kind is a child table with its typed statement.

    A claim's life: draft → submitted → published → superseded or retracted; submitted → rejected.
    The transitions live in `sources.review`; triggers (`sources.triggers`) hold them in the database.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        REJECTED = "rejected", _("rejected")
        PUBLISHED = "published", _("published")
        SUPERSEDED = "superseded", _("superseded")
        RETRACTED = "retracted", _("retracted")

    #: Name of the kind, and the kinds of record it can be about; set by each child class.
    KIND: ClassVar[str] = ""
    SUBJECT_KINDS: ClassVar[tuple[str, ...]] = ()
    #: Columns of the statement itself, compared when a file is loaded again.
    STATEMENT_FIELDS: ClassVar[tuple[str, ...]] = ()

    kind = models.CharField(_("kind"), max_length=20, editable=False, help_text=_("The kind of claim."))
    key = models.CharField(
        _("key"),
        max_length=160,
        blank=True,
        help_text=_("Permanent key in the project's data files; blank for claims made in the desk."),
    )
    subject = models.ForeignKey(
        Record,
        verbose_name=_("subject"),
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("The one record the claim is about."),
    )
    point = models.CharField(
        _("point"),
        max_length=120,
        editable=False,
        help_text=_("What claims on the same subject can agree or disagree on."),
    )
    source = models.ForeignKey(
        Source,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="stated_claims",
        help_text=_("The publication that states it."),
    )
    locator = models.CharField(
        _("locator"), max_length=200, blank=True, help_text=_("Where in the source: page, table, paragraph.")
    )
    excerpt = models.CharField(
        _("excerpt"),
        max_length=600,
        blank=True,
        help_text=_("The few words of the source that state it, quoted."),
    )
    originator = models.ForeignKey(
        Record,
        verbose_name=_("originator"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="originated_claims",
        help_text=_("Who said it, if the source names them: a ministry, a company."),
    )
    originator_name = models.CharField(
        _("originator in words"),
        max_length=200,
        blank=True,
        help_text=_("The person in office who said it, where the source names one."),
    )
    as_of = PartialDateField(
        _("as of"),
        help_text=_("The time the statement is about: 2025, 2025-04 or 2025-04-02; blank if not stated."),
    )
    note = models.TextField(_("note"), blank=True, help_text=_("What a reader must know to read it right."))
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("supersedes"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        help_text=_("The published claim that this one replaces when it is published."),
    )
    batch = models.ForeignKey(
        Batch,
        verbose_name=_("batch"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text=_("The load that brought it, if a loader did."),
    )

    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.DRAFT,
        help_text=_("Where it is in its life."),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        on_delete=models.PROTECT,
        related_name="authored_claims",
        help_text=_("Who entered it; fixed for good."),
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last edited by"),
        on_delete=models.PROTECT,
        related_name="edited_claims",
        help_text=_("Who last changed its content while it was a draft."),
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="submitted_claims",
        help_text=_("Who asked for it to be published."),
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("published by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="published_claims",
        help_text=_("The editor who published it: neither author, nor submitter, nor last to edit it."),
    )
    published_tick = models.PositiveBigIntegerField(
        _("published at tick"), null=True, blank=True, help_text=_("From this tick on it is public.")
    )
    decided_because = models.TextField(
        _("rejected or returned because"), blank=True, help_text=_("The editor's words to the author.")
    )
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("withdrawn by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="withdrawn_claims",
        help_text=_("Who superseded or retracted it."),
    )
    withdrawn_tick = models.PositiveBigIntegerField(
        _("withdrawn at tick"), null=True, blank=True, help_text=_("From this tick on it no longer stands.")
    )
    withdrawn_because = models.TextField(
        _("withdrawn because"), blank=True, help_text=_("The public reason why it no longer stands.")
    )
    suppressed_at = models.DateTimeField(
        _("suppressed at"),
        null=True,
        blank=True,
        help_text=_("Since when it is hidden everywhere for legal reasons."),
    )
    suppressed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("suppressed by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The administrator who asked for it."),
    )
    suppressed_with = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("suppressed with"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The second administrator who agreed."),
    )
    created_at = models.DateTimeField(
        _("entered at"), auto_now_add=True, help_text=_("When it was entered (UTC).")
    )
    changed_at = models.DateTimeField(
        _("changed at"), auto_now=True, help_text=_("When its row last changed (UTC).")
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        permissions = [
            ("publish_claim", _("Can publish, check, prefer and retract others' claims")),
            ("suppress_claim", _("Can, with a second administrator, suppress a claim for legal reasons")),
        ]
        indexes = [
            models.Index(fields=["subject", "point"]),
            models.Index(fields=["status", "kind"]),
            models.Index(fields=["published_tick", "withdrawn_tick"]),
            models.Index(fields=["withdrawn_tick"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key="") & Q(status="published"),
                name="sources_claim_key_unique_in_force",
            ),
            models.UniqueConstraint(
                fields=["supersedes"],
                condition=Q(status__in=ONCE_PUBLIC),
                name="sources_claim_superseded_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "rejected"])
                | Q(status="submitted", submitted_by__isnull=False)
                | Q(
                    status__in=ONCE_PUBLIC,
                    submitted_by__isnull=False,
                    published_by__isnull=False,
                    published_tick__isnull=False,
                ),
                name="sources_published_claim_is_signed",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True)
                | (
                    ~Q(published_by=F("author"))
                    & ~Q(published_by=F("submitted_by"))
                    & ~Q(published_by=F("edited_by"))
                ),
                name="sources_claim_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ONCE_PUBLIC)
                | Q(published_by__isnull=True, published_tick__isnull=True),
                name="sources_unpublished_claim_has_no_tick",
            ),
            models.CheckConstraint(
                condition=Q(
                    status__in=["superseded", "retracted"],
                    withdrawn_tick__isnull=False,
                    withdrawn_by__isnull=False,
                    withdrawn_tick__gt=F("published_tick"),
                )
                & ~Q(withdrawn_because="")
                | ~Q(status__in=["superseded", "retracted"])
                & Q(withdrawn_tick__isnull=True, withdrawn_by__isnull=True, withdrawn_because=""),
                name="sources_withdrawn_claim_says_why",
            ),
            models.CheckConstraint(
                condition=Q(
                    suppressed_at__isnull=True, suppressed_by__isnull=True, suppressed_with__isnull=True
                )
                | Q(suppressed_at__isnull=False, suppressed_by__isnull=False, suppressed_with__isnull=False)
                & ~Q(suppressed_by=F("suppressed_with")),
                name="sources_suppression_takes_two",
            ),
            models.CheckConstraint(
                condition=~Q(supersedes=F("id")), name="sources_claim_not_its_own_successor"
            ),
            partial_date_check("as_of", "sources_claim_as_of_is_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk or ''}".strip()

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.KIND:
            self.kind = self.KIND
            self.point = self.point_name()
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.SUBJECT_KINDS and self.subject_id and self.subject.kind not in self.SUBJECT_KINDS:
            raise ValidationError(
                {
                    "subject": _("A claim of this kind cannot be about a %(kind)s.")
                    % {"kind": self.subject.kind}
                }
            )

    # What each kind says about itself; `sources.points` compares claims through these.

    def point_name(self) -> str:
        """The point this claim speaks to, unique within its subject."""
        return self.KIND

    def comparison_key(self) -> tuple[Hashable, ...]:
        """Claims on one point are comparable when their keys are equal."""
        return ()

    def agrees_with(self, other: Any) -> bool:
        """Whether two comparable claims state the same."""
        raise NotImplementedError

    def echoes(self, other: Any) -> bool:
        """Whether a claim that is not strictly comparable passes on the very same figure."""
        return False

    def coarseness(self) -> Decimal:
        """Lowest for the claim that states its value most exactly."""
        return Decimal(0)

    def importance(self) -> int:
        """Lowest for the quantity a page leads with, among several on one point."""
        return 0

    def sort_value(self) -> Any:
        """What a range of disagreeing claims is ordered by."""
        return ""

    def named_records(self) -> set[int]:
        """Ids of the records this claim names: its subject and whoever and whatever the statement links."""
        return {self.subject_id} | ({self.originator_id} if self.originator_id else set())

    @cached_property
    def translations(self) -> "list[ClaimText]":
        """Its texts in other languages; `complete()` reads those of many claims at once."""
        return list(self.texts.all())

    def text_in(self, language: str, field: str) -> tuple[str, str]:
        """(text of a field, language it is in): the reader's where translated, else English, as written."""
        for text in self.translations:
            if text.language == language and text.field == field:
                return text.text, language
        return str(getattr(self, field)), "en"

    @property
    def dated(self) -> str:
        """The time it is about; where not stated, its source's date; else ""."""
        return self.as_of or self.source.published


def claim_kinds() -> dict[str, type[Claim]]:
    """Every kind of claim that the installed apps define, by its name."""
    from django.apps import apps

    return {model.KIND: model for model in apps.get_models() if issubclass(model, Claim) and model.KIND}


def typed(claims: Iterable[Claim]) -> list[Claim]:
    """The same claims as instances of their own kinds, in the same order; one query a kind."""
    claims = list(claims)
    found: dict[int, Claim] = {}
    for kind, model in claim_kinds().items():
        numbers = [claim.pk for claim in claims if claim.kind == kind]
        if numbers:
            found.update({claim.pk: claim for claim in model._default_manager.filter(pk__in=numbers)})
    return [found.get(claim.pk, claim) for claim in claims]
