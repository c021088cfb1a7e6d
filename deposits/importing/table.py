"""The table as published: a CSV file, or a ZIP archive that holds one."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

#: What the atlas reads; a table without one of these columns is not this register's.
NEEDED = (
    "dep_id", "url", "site_name", "latitude", "longitude", "country", "commod1", "commod2", "commod3",
    "oper_type", "dep_type", "dev_stat",
)  # fmt: skip
_BLOCK = 1 << 20


class UnreadableTable(ValueError):
    """The file is not a table of this register; the text says why."""


@dataclass(frozen=True)
class Line:
    """One row: the number of the line it ends on (the header's is 1) and its fields as published."""

    number: int
    fields: list[str]


@dataclass(frozen=True)
class Fingerprint:
    """Which table it is, and about how many lines it has."""

    digest: str
    lines: int


def fingerprint(path: Path) -> Fingerprint:
    """SHA-256 and line count of the table's bytes, the same zipped or not. Raises UnreadableTable."""
    digest, lines = hashlib.sha256(), 0
    with _opened(path) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            lines += block.count(b"\n")
    return Fingerprint(digest.hexdigest(), lines)


def lines_of(path: Path) -> Iterator[Line]:
    """The header, then the rows. Raises UnreadableTable."""
    with _opened(path) as file:
        # Bytes that are not UTF-8 are escaped here and read as Windows-1252 field by field.
        text = io.TextIOWrapper(file, encoding="utf-8-sig", errors="surrogateescape", newline="")
        reader = csv.reader(text)
        try:
            header = next(reader, [])
            missing = [name for name in NEEDED if name not in header]
            if missing:
                raise UnreadableTable(f"The table has no column {', '.join(missing)}.")
            yield Line(1, header)
            for fields in reader:
                yield Line(reader.line_num, [_clean(field) for field in fields])
        except (csv.Error, zipfile.BadZipFile) as error:
            raise UnreadableTable(f"Line {reader.line_num}: {error}") from error


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    if not zipfile.is_zipfile(path):
        with path.open("rb") as file:
            yield file
        return
    with zipfile.ZipFile(path) as archive:
        tables = [name for name in archive.namelist() if name.lower().endswith(".csv")]
        if len(tables) != 1:
            raise UnreadableTable(f"The archive holds {len(tables)} CSV files instead of one.")
        with archive.open(tables[0]) as member:
            yield member  # type: ignore[misc]


def _clean(field: str) -> str:
    if not field.isascii():
        try:
            field.encode()
        except UnicodeEncodeError:
            field = field.encode("utf-8", "surrogateescape").decode("cp1252", "replace")
    return field.replace("\0", "").strip()
