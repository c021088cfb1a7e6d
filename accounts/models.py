from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _


class User(AbstractUser):
    """Someone, or something, that acts on the record.

    Accounts are closed (``is_active = False``), never deleted: what they did stays signed.
    """

    public_name = models.CharField(
        _("public name"),
        max_length=150,
        blank=True,
        help_text=_("The name that signs published claims, checks and preferences. Blank: the user name."),
    )
    is_system = models.BooleanField(
        _("system account"),
        default=False,
        help_text=_("A loading program, not a person. It authors what it loads and can never sign in."),
    )
    is_demonstration = models.BooleanField(
        _("demonstration account"),
        default=False,
        help_text=_("Made for trying the desk on one's own machine; refused from anywhere but loopback."),
    )

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_system=False) | models.Q(is_staff=False, is_superuser=False),
                name="accounts_system_account_has_no_desk",
            ),
        ]

    def __str__(self) -> str:
        return self.signature

    @property
    def signature(self) -> str:
        """The name shown in public beside what this account did."""
        return self.public_name or self.get_username()
