import logging
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import second_factor
from accounts.models import User

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = (
        "Take away an account's second factor, for an only administrator who lost theirs; signing in then "
        "leads to setting up another."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, username: str, **options: Any) -> None:
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"There is no account “{username}”.")
        if not second_factor.reset(user):
            raise CommandError(f"“{username}” has no second factor.")
        logger.warning("Second factor reset. Account %s, by command.", user.pk)
        self.stdout.write(f"The second factor of “{username}” is reset.")
