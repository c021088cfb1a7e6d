from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.models import User
from atlas.dossier.checking import check
from atlas.dossier.planning import plan
from atlas.dossier.reading import read
from atlas.dossier.rows import Dossier
from atlas.dossier.writing import carry_out

SHOWN = 40


class Command(BaseCommand):
    help = "Load files of the dossier format (docs/fixtures.md): all, as one tick of the clock, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="JSON files, or folders of them"
        )
        parser.add_argument("--by", required=True, metavar="USERNAME", help="who signs the load as publisher")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would change, and change nothing"
        )

    def handle(self, *args: Any, paths: list[Path], by: str, dry_run: bool, **options: Any) -> None:
        person = User.objects.filter(username=by, is_active=True, is_system=False).first()
        if person is None:
            raise CommandError(f"There is no active account “{by}” to sign the load.")
        if not person.has_perm("sources.publish_claim"):
            raise CommandError(f"“{by}” may not publish claims.")
        dossier = read(_files(paths))
        check(dossier)
        self._report_problems(dossier)
        changes = plan(dossier)
        if not dry_run:
            with tqdm(total=len(changes.new_claims) * 2, unit="row", disable=not self.stderr.isatty()) as bar:

                def progress(step: str, rows: int) -> None:
                    bar.set_description(step)
                    bar.update(rows)

                tick = carry_out(changes, dossier, person, progress)
            self.stdout.write(f"Published at tick {tick}." if tick else "Nothing to change.")
        self.stdout.write(
            f"{len(changes.new_records)} records and {len(changes.new_claims)} claims added, "
            f"{len(changes.changed_records)} records changed, "
            f"{len(changes.changed_claims)} claims superseded, "
            f"{len(changes.changed_texts)} translations changed, {changes.same} rows unchanged."
        )
        self._list("Left as editors have them", changes.kept_by_editors)
        self._list("No longer in the files, and left standing", changes.vanished)

    def _report_problems(self, dossier: Dossier) -> None:
        for problem in dossier.warnings:
            self.stderr.write(self.style.WARNING(f"note: {problem}"))
        if dossier.errors:
            for problem in dossier.errors[:SHOWN]:
                self.stderr.write(self.style.ERROR(str(problem)))
            raise CommandError(f"{len(dossier.errors)} faults; nothing was loaded.")

    def _list(self, heading: str, keys: list[str]) -> None:
        if keys:
            more = f" and {len(keys) - SHOWN} more" if len(keys) > SHOWN else ""
            self.stdout.write(f"{heading}: {', '.join(keys[:SHOWN])}{more}.")


def _files(paths: list[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            files += sorted(path.glob("*.json"))
        elif path.is_file():
            files.append(path)
        else:
            raise CommandError(f"There is no file or folder {path}.")
    if not files:
        raise CommandError("No JSON file there.")
    return files
