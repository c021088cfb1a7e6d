"""Packed bitmaps over the rows of the index: bit r of a bitmap says whether row r belongs to it.

A bitmap is uint64[W], row r in bit r % 64 of word r // 64; W is a whole number of blocks, so that cumulative
counts can be taken at block ends. Several bitmaps are uint64[V, W].
"""

import numpy as np
from numpy.typing import NDArray

ROWS_PER_WORD = 64
WORDS_PER_BLOCK = 8
ROWS_PER_BLOCK = ROWS_PER_WORD * WORDS_PER_BLOCK
_ALL = np.uint64(0xFFFF_FFFF_FFFF_FFFF)
_CHUNK_WORDS = 1 << 16
"""Words worked on at a time: few calls for a small index, arrays that fit in cache for a large one."""

Bitmap = NDArray[np.uint64]
Rows = NDArray[np.int64]


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


def count_in_runs(
    bitmaps: Bitmap, within: Bitmap, cumulative: NDArray[np.int32], starts: Rows, ends: Rows
) -> NDArray[np.int64]:
    """How many rows of each bitmap, that are in `within` too, lie in runs of rows: int64[V].

    `cumulative` is cumulative_counts(bitmaps, within); the runs, starts[i] <= row < ends[i], are ascending
    and apart. Whole blocks come from `cumulative`, only the words at the ends of the runs are counted.
    """
    first_blocks, last_blocks = -(-starts // ROWS_PER_BLOCK), ends // ROWS_PER_BLOCK
    blocky = first_blocks < last_blocks
    first_blocks, last_blocks = first_blocks[blocky], last_blocks[blocky]
    counts = (cumulative[:, last_blocks] - cumulative[:, first_blocks]).sum(axis=1, dtype=np.int64)
    piece_starts = np.concatenate((starts[~blocky], starts[blocky], last_blocks * ROWS_PER_BLOCK))
    piece_ends = np.concatenate((ends[~blocky], first_blocks * ROWS_PER_BLOCK, ends[blocky]))
    words, masks = words_of_runs(piece_starts, piece_ends)
    if len(words):
        masks &= within[words]
        counts += np.bitwise_count(bitmaps.take(words, axis=1) & masks).sum(axis=1, dtype=np.int64)
    return counts


def words_of_runs(starts: Rows, ends: Rows) -> tuple[Rows, Bitmap]:
    """The words that hold runs of rows, ascending, and in each the bits of those rows; no runs overlap."""
    some = starts < ends
    order = np.argsort(starts[some])
    starts, ends = starts[some][order], ends[some][order]
    if not len(starts):
        return starts, np.zeros(0, dtype=np.uint64)
    first_words, last_words = starts >> 6, (ends - 1) >> 6
    words = expand(first_words, last_words + 1)
    masks = np.full(len(words), _ALL)
    after = np.cumsum(last_words - first_words + 1)
    masks[after - (last_words - first_words + 1)] &= _ALL << (starts & 63).astype(np.uint64)
    masks[after - 1] &= _ALL >> (-ends & 63).astype(np.uint64)
    heads = np.flatnonzero(np.diff(words, prepend=-1))
    return words[heads], np.bitwise_or.reduceat(masks, heads)


def expand(starts: Rows, ends: Rows) -> Rows:
    """The numbers of all runs starts[i] <= number < ends[i], one run after the other."""
    lengths = ends - starts
    after = np.cumsum(lengths)
    return np.arange(after[-1] if len(after) else 0) + np.repeat(starts - (after - lengths), lengths)


def _sums_of_eight(counts: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Sums of each eight neighbours (64 at most each), inside 64-bit words: numpy is slow at short sums."""
    pairs_mask, gather = np.uint64(0x00FF_00FF_00FF_00FF), np.uint64(0x0001_0001_0001_0001)
    eights = counts.view(np.uint64)
    pairs = (eights & pairs_mask) + (eights >> np.uint64(8) & pairs_mask)
    return pairs * gather >> np.uint64(48)
