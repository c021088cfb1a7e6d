from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .claims import Claim


class SuppressionRequest(models.Model):
    """One administrator's request to hide a claim everywhere for legal reasons; a second one decides.

    Kept as written whatever becomes of it. The public sees none of it, only the tombstone.
    """

    class Outcome(models.TextChoices):
        OPEN = "open", _("waits for a second administrator")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        TAKEN_BACK = "taken back", _("taken back")

    claim = models.ForeignKey(
        Claim,
        verbose_name=_("claim"),
        on_delete=models.PROTECT,
        related_name="suppression_requests",
        help_text=_("What is to be hidden."),
    )
    because = models.TextField(
        _("because"), help_text=_("The legal reason, for the second administrator and the file; not public.")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("asked by"),
        on_delete=models.PROTECT,
        related_name="suppressions_asked",
        help_text=_("The administrator who asks for it."),
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True, help_text=_("When (UTC)."))
    outcome = models.CharField(
        _("outcome"),
        max_length=12,
        choices=Outcome.choices,
        default=Outcome.OPEN,
        help_text=_("What became of it."),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="suppressions_decided",
        help_text=_("The second administrator, or the first one who took it back."),
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True, help_text=_("When (UTC)."))
    answer = models.TextField(_("answer"), blank=True, help_text=_("Why it was declined."))

    class Meta:
        verbose_name = _("request to suppress a claim")
        verbose_name_plural = _("requests to suppress claims")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"], condition=Q(outcome="open"), name="sources_one_open_suppression_request"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="sources_suppression_request_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="open", decided_by__isnull=True, decided_at__isnull=True)
                | Q(outcome="taken back", decided_by=F("asked_by"), decided_at__isnull=False)
                | Q(outcome__in=["confirmed", "declined"], decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("asked_by")),
                name="sources_suppression_decided_by_second",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.outcome}"
