from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("People")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401
        from .groups import grant_permissions

        # Connected after django.contrib.auth's own receiver, which makes the app's permissions.
        post_migrate.connect(grant_permissions, dispatch_uid="accounts.grant_permissions")
