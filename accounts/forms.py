from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from unfold.forms import AuthenticationForm

from .demonstration import may_sign_in
from .models import User


class SignInForm(AuthenticationForm):
    """Signing in at the desk; a demonstration account only from this machine."""

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """Raise ValidationError for an account that may not sign in, or not from where the request came."""
        super().confirm_login_allowed(user)
        if isinstance(user, User) and self.request and not may_sign_in(user, self.request):
            raise ValidationError(
                _("Demonstration accounts work on the machine that runs the demonstration, and only there."),
                code="demonstration",
            )
