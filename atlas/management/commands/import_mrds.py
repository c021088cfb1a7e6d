import csv
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from accounts.models import User
from deposits.importing.rows import Skipped, rows_of
from deposits.importing.staging import AnotherImport, begin, publish, stage
from deposits.importing.table import UnreadableTable, fingerprint


class Command(BaseCommand):
    help = (
        "Read the U.S. Geological Survey's MRDS table (CSV, or a ZIP of it) into the reference layer, as one "
        "tick of the clock. Stopped half-way, it goes on from there when run again."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="the table as published")
        parser.add_argument(
            "--by", required=True, metavar="USERNAME", help="who runs the import and signs it"
        )
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="where skipped rows go (default: beside the file)"
        )

    def handle(self, *args: Any, file: Path, by: str, report: Path | None, **options: Any) -> None:
        person = User.objects.filter(username=by, is_active=True, is_system=False).first()
        if person is None:
            raise CommandError(f"There is no active account “{by}” to sign the import.")
        if not person.has_perm("sources.publish_claim"):
            raise CommandError(f"“{by}” may not publish.")
        try:
            self._import(file, person, report or file.with_name(file.name + ".skipped.csv"))
        except (UnreadableTable, AnotherImport) as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{error.filename}: {error.strerror}") from error

    def _import(self, file: Path, person: User, report: Path) -> None:
        known = fingerprint(file)
        batch = begin(known.digest, file.name, person)
        if batch is None:
            self.stdout.write("That file is the edition published already: nothing to change.")
            return
        if batch.lines_staged:
            self.stdout.write(f"Going on after line {batch.lines_staged}.")
        with tqdm(total=known.lines, unit="line", disable=not self.stderr.isatty()) as bar:
            skipped = stage(batch, rows_of(file), lambda line: bar.update(line - bar.n))
        _write_report(report, skipped)
        if not batch.lines_staged:
            raise CommandError(f"No row of the table can be used; the reasons are in {report}.")
        tick = publish(batch, person)
        self.stdout.write(f"Published at tick {tick}: {batch.kept} sites kept, {len(skipped)} rows skipped.")
        for reason, number in Counter(_general(row.reason) for row in skipped).most_common():
            self.stdout.write(f"  {number} × {reason}")
        if skipped:
            self.stdout.write(f"Each skipped row with its reason: {report}")


def _write_report(path: Path, skipped: Iterable[Skipped]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "dep_id", "reason"])
        writer.writerows([row.line, row.dep_id, row.reason] for row in skipped)


def _general(reason: str) -> str:
    """The reason without the row's own numbers and texts, so that like ones can be counted."""
    return " ".join(
        "…" if any(map(str.isdigit, word)) or word[0] in "'\"" else word for word in reason.split()
    )
