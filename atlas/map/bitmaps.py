"""Packed bitmaps over the rows of the index: bit r of a bitmap says whether row r belongs to it.

A bitmap is uint64[W], row r in bit r % 64 of word r // 64; W is a whole number of blocks, so that cumulative
counts can be taken at block ends. Several bitmaps are uint64[V, W].
"""

import numpy as np
from numpy.typing import NDArray

ROWS_PER_WORD = 64
WORDS_PER_BLOCK = 8
ROWS_PER_BLOCK = ROWS_PER_WORD * WORDS_PER_BLOCK
_CHUNK_WORDS = 1 << 16
"""Words worked on at a time: few calls for a small index, arrays that fit in cache for a large one."""

Bitmap = NDArray[np.uint64]
Rows = NDArray[np.signedinteger]


def word_count(rows: int) -> int:
    """W for so many rows."""
    return -(-rows // ROWS_PER_BLOCK) * WORDS_PER_BLOCK


def pack(members: NDArray[np.bool_]) -> Bitmap:
    """The bitmap of a mask bool[n]."""
    packed = np.zeros(word_count(len(members)) * 8, dtype=np.uint8)
    in_bytes = np.packbits(members, bitorder="little")
    packed[: len(in_bytes)] = in_bytes
    return packed.view("<u8")


def members_of(bitmap: Bitmap) -> Rows:
    """The rows of a bitmap, ascending."""
    # As bool, because flatnonzero is several times slower on uint8.
    return np.flatnonzero(np.unpackbits(bitmap.view(np.uint8), bitorder="little").view(np.bool_))


def contains(bitmap: Bitmap, rows: Rows) -> NDArray[np.bool_]:
    """Which of the rows belong to the bitmap."""
    return (bitmap[rows >> 6] >> (rows & 63).astype(np.uint64) & np.uint64(1)).view(np.int64).astype(np.bool_)


def cumulative_counts(bitmaps: Bitmap, within: Bitmap) -> NDArray[np.int32]:
    """How many rows of each bitmap and of `within` come before each block: int32[V, blocks + 1]."""
    values, words = bitmaps.shape
    counts = np.zeros((values, words // WORDS_PER_BLOCK + 1), dtype=np.int32)
    step = max(1, _CHUNK_WORDS // max(1, words))
    for first in range(0, values, step):
        in_words = np.bitwise_count(bitmaps[first : first + step] & within)
        np.cumsum(_sums_of_eight(in_words), axis=1, out=counts[first : first + step, 1:])
    return counts


def count_in_words(bitmaps: Bitmap, words: Rows, masks: Bitmap) -> NDArray[np.int64]:
    """How many rows of each bitmap are among the bits of masks uint64[k] in the words int64[k]: int64[V]."""
    some = np.flatnonzero(masks)
    words, masks = words[some], masks[some]
    counts = np.zeros(len(bitmaps), dtype=np.int64)
    step = max(1, _CHUNK_WORDS // max(1, len(words)))
    for first in range(0, len(bitmaps) if len(words) else 0, step):
        in_words = np.bitwise_count(bitmaps[first : first + step].take(words, axis=1) & masks)
        counts[first : first + step] = in_words.sum(axis=1, dtype=np.int64)
    return counts


def _sums_of_eight(counts: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Sums of each eight neighbours (64 at most each), inside 64-bit words: numpy is slow at short sums."""
    pairs_mask, gather = np.uint64(0x00FF_00FF_00FF_00FF), np.uint64(0x0001_0001_0001_0001)
    eights = counts.view(np.uint64)
    pairs = (eights & pairs_mask) + (eights >> np.uint64(8) & pairs_mask)
    return pairs * gather >> np.uint64(48)
