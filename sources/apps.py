from typing import Any

from django.apps import AppConfig, apps
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class SourcesConfig(AppConfig):
    name = "sources"
    verbose_name = _("Sources")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import checks  # noqa: F401

        pre_migrate.connect(_remove_rules, dispatch_uid="sources.remove_rules")
        post_migrate.connect(_install_rules, dispatch_uid="sources.install_rules")


def _remove_rules(using: str, **kwargs: Any) -> None:
    from . import triggers

    triggers.remove(connections[using])


def _install_rules(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After the last app: by then every table that a rule names is there."""
    from . import triggers

    if sender is list(apps.get_app_configs())[-1] or sender.name == "findings":
        triggers.install(connections[using])
