from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.crypto import get_random_string

from accounts.groups import GROUPS
from accounts.models import User
from sources.models import Clock

PASSWORD_LENGTH = 14


class Command(BaseCommand):
    help = (
        "Prepare the demonstration on one's own machine: load the record if nothing is loaded yet, and give "
        "each group an account with a new random password, which is printed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--close", action="store_true", help="close the demonstration accounts instead")

    def handle(self, *args: Any, close: bool, **options: Any) -> None:
        if close:
            closed = User.objects.filter(is_demonstration=True, is_active=True).update(is_active=False)
            self.stdout.write(f"{closed} demonstration accounts closed.")
            return
        if not settings.DEMONSTRATION:
            raise CommandError(
                "This is not a demonstration: accounts with printed passwords are made only with "
                "ATLAS_DEMONSTRATION=1, on a machine of your own."
            )
        passwords = {f"demo-{group}": _open_account(group) for group in GROUPS}
        if not Clock.objects.exists():
            fixtures = str(settings.BASE_DIR / "fixtures")
            call_command("load_dossier", fixtures, by="demo-administrator", stdout=self.stdout)
        self.stdout.write(f"The editors' desk is at {settings.DESK_PATH}; from this machine, sign in as")
        for name, password in passwords.items():
            self.stdout.write(f"  {name:<20} {password}")


@transaction.atomic
def _open_account(group: str) -> str:
    """Make or reopen the group's account with a new password, which is returned."""
    password = get_random_string(PASSWORD_LENGTH)
    account, created = User.objects.get_or_create(
        username=f"demo-{group}",
        defaults={"is_demonstration": True, "public_name": f"Demonstration {group}"},
    )
    if not (created or account.is_demonstration):
        raise CommandError(f"“{account.username}” is somebody's own account.")
    account.is_staff = account.is_active = True
    account.set_password(password)
    account.save()
    account.groups.set([Group.objects.get(name=group)])
    return password
