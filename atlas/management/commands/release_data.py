from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from atlas.downloads.releases import AlreadyReleased, write_release
from atlas.published.keeper import keeper


class Command(BaseCommand):
    help = "Write the whole published record as a release: versioned files that never change again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("site", help="the site's address as files name it: https://atlas.example.org")

    def handle(self, *args: Any, site: str, **options: Any) -> None:
        snapshot = keeper.newest()
        if not snapshot.tick:
            raise CommandError("Nothing has been published yet.")
        try:
            release = write_release(snapshot, site.rstrip("/"))
        except AlreadyReleased as error:
            raise CommandError(f"Release {error} is already written; nothing changed since.") from error
        for name, size in release.files.items():
            self.stdout.write(f"{release.version}/{name}  {size / 1e6:.1f} MB")
