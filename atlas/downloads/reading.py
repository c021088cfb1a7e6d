"""Handing a finished file on in pieces."""

from collections.abc import Iterator
from typing import BinaryIO

_PIECE = 1 << 16


def pieces_of(file: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning on, a few kilobytes at a time."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece
