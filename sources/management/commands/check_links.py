from argparse import ArgumentParser
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from sources.links import check_links, due
from sources.models import LinkCheck


class Command(BaseCommand):
    help = "Try the addresses of sources and mark what is gone or moved; goes on where it was stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=30, help="leave out what was tried within so many days"
        )
        parser.add_argument(
            "--pause", type=float, default=2.0, help="seconds between two requests to one host"
        )
        parser.add_argument("--limit", type=int, default=0, help="try at most so many (0: all that are due)")

    def handle(self, *args: Any, days: int, pause: float, limit: int, **options: Any) -> None:
        sources = due(days)
        if limit:
            sources = sources.filter(pk__in=list(sources.values_list("pk", flat=True)[:limit]))
        outcomes: Counter[str] = Counter()
        with tqdm(total=sources.count(), unit="source", disable=not self.stderr.isatty()) as bar:

            def done(check: LinkCheck) -> None:
                outcomes[check.outcome] += 1
                bar.update()

            check_links(sources, pause, done)
        said = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        self.stdout.write(said or "Nothing is due.")
