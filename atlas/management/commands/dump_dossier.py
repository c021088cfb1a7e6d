import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from atlas.dossier.dumping import count, dump


class Command(BaseCommand):
    help = "Write the published record to one file, which load_dossier reads back unchanged."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="the file to write")

    def handle(self, *args: Any, path: Path, **options: Any) -> None:
        document = dump()
        path.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        counted = ", ".join(f"{rows} {name}" for name, rows in count(document).items() if name != "region")
        self.stdout.write(f"Wrote {counted}.")
