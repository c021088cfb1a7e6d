import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .claims import Claim
from .records import Record


def _token() -> str:
    return secrets.token_urlsafe(18)


#: Within how many days a complaint is answered, as the atlas promises in public.
ANSWERED_WITHIN_DAYS = 14


class Suggestion(models.Model):
    """What a reader sent: an address and a sentence; an editor makes a claim of it, or says why not."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("waiting")
        TAKEN_UP = "taken up", _("taken up")
        DECLINED = "declined", _("declined")

    class Kind(models.TextChoices):
        FACT = "fact", _("a fact the atlas lacks")
        ERROR = "error", _("something wrong")
        COMPLAINT = "complaint", _("a complaint or a reply")

    token = models.CharField(
        _("token"),
        max_length=40,
        unique=True,
        default=_token,
        editable=False,
        help_text=_("Part of the secret address at which the sender sees what became of it."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind.choices,
        default=Kind.FACT,
        help_text=_("What the sender says it is."),
    )
    subject = models.ForeignKey(
        Record,
        verbose_name=_("subject"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suggestions",
        help_text=_("The record it is about, if it was sent from a page."),
    )
    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suggestions",
        help_text=_("The claim it is about, if it was sent from one."),
    )
    address = models.URLField(_("address"), max_length=1000, blank=True, help_text=_("Where it can be read."))
    sentence = models.TextField(_("sentence"), max_length=1000, help_text=_("What the sender says."))
    sent_at = models.DateTimeField(
        _("sent at"), auto_now_add=True, db_index=True, help_text=_("When it came (UTC).")
    )
    sender = models.CharField(
        _("sender"),
        max_length=64,
        editable=False,
        db_index=True,
        help_text=_("A keyed hash of the sender's network address, for limits only; cleared after a day."),
    )
    network = models.CharField(
        _("network"),
        max_length=64,
        editable=False,
        blank=True,
        help_text=_("A keyed hash of the network that the address is in; cleared after a day."),
    )
    held = models.BooleanField(
        _("held"),
        default=False,
        help_text=_("It came in a flood: it waits apart from the others until somebody looks."),
    )
    status = models.CharField(
        _("status"),
        max_length=10,
        choices=Status.choices,
        default=Status.WAITING,
        help_text=_("What became of it."),
    )
    answer = models.TextField(_("answer"), blank=True, help_text=_("The editors' words to the sender."))
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("handled by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="handled_suggestions",
        help_text=_("The editor who dealt with it."),
    )
    handled_at = models.DateTimeField(_("handled at"), null=True, blank=True, help_text=_("When (UTC)."))
    made_claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim made of it"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="came_from",
        help_text=_("The claim that an editor entered because of it."),
    )

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        ordering = ["-sent_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status="waiting")
                | models.Q(handled_by__isnull=False, handled_at__isnull=False),
                name="sources_handled_suggestion_is_signed",
            )
        ]

    def __str__(self) -> str:
        return self.sentence[:60]

    @property
    def answer_by(self) -> dt.date | None:
        """The day by which its sender was promised an answer; None for what is no complaint."""
        if self.kind != self.Kind.COMPLAINT:
            return None
        return self.sent_at.date() + dt.timedelta(days=ANSWERED_WITHIN_DAYS)

    @property
    def is_overdue(self) -> bool:
        """Whether the promised day has passed without an answer."""
        promised = self.answer_by
        waiting = self.status == self.Status.WAITING
        return bool(waiting and promised and promised < dt.datetime.now(dt.UTC).date())
