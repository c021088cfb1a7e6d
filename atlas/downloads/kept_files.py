"""Files that can never change, made once and kept on the disk of the app server."""

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from .reading import pieces_of

#: Files of one ending that are kept; the longest unused goes first.
KEPT = 2


def kept_file(key: str, ending: str, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """The pieces of the file that is kept under a key; else those being made, which are kept once whole.

    The key must tell apart whatever the content depends on.
    """
    folder = Path(settings.DATA_DIR) / "kept"
    path = folder / f"{re.sub(r'[^0-9A-Za-z.-]', '_', key)}.{ending}"
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return _made(path, make)
    os.utime(path)
    return _read(file)


def _read(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from pieces_of(file)


def _made(path: Path, make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Hand on and write at once; what a reader breaks off is not kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as unfinished:
        try:
            for piece in make():
                unfinished.write(piece)
                yield piece
            unfinished.flush()
            os.replace(unfinished.name, path)
        except BaseException:
            Path(unfinished.name).unlink(missing_ok=True)
            raise
    kept = sorted(path.parent.glob(f"*{path.suffix}"), key=lambda one: one.stat().st_mtime)
    for old in kept[:-KEPT]:
        old.unlink(missing_ok=True)
