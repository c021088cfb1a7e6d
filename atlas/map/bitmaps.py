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

_CHUNK_MASKS = 1 << 12
_EIGHTHS = np.arange(8, dtype=np.uint64)[:, np.newaxis]
_LOWEST_OF_BYTES = np.uint64(0x0101_0101_0101_0101)

Bitmap = NDArray[np.uint64]
Rows = NDArray[np.signedinteger]


def word_count(rows: int) -> int:
    """W for so many rows."""
    return -(-rows // ROWS_PER_BLOCK) * WORDS_PER_BLOCK


def pack(members: NDArray[np.bool_ | np.uint8]) -> Bitmap:
    """The bitmap of a mask [n], of which what isn't 0 belongs."""
    packed = np.zeros(word_count(len(members)) * 8, dtype=np.uint8)
    in_bytes = np.packbits(members, bitorder="little")
    packed[: len(in_bytes)] = in_bytes
    return packed.view("<u8")


def members_of(bitmap: Bitmap) -> Rows:
    """The rows of a bitmap, ascending."""
    return members_in_words(np.arange(len(bitmap)), bitmap)


def members_in_words(words: Rows, bits: Bitmap) -> Rows:
    """The rows that bits uint64[k] stand for, which are those of the words int64[k].

    Words without a bit are left out first, then bytes without one, as most are where filters leave little.
    """
    some = np.flatnonzero(bits != 0)
    in_bytes = bits.take(some).view(np.uint8)
    byte = np.flatnonzero(in_bytes != 0)
    # As bool, because flatnonzero is several times slower on uint8.
    bit = np.flatnonzero(np.unpackbits(in_bytes.take(byte), bitorder="little").view(np.bool_))
    first_rows = ROWS_PER_WORD * words.take(some.take(byte >> 3)) + 8 * (byte & 7)
    return first_rows.take(bit >> 3) + (bit & 7)


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


def count_bits(masks: NDArray[np.unsignedinteger]) -> NDArray[np.int64]:
    """How many of the masks have each bit: int64[bits of a mask]."""
    bits = 8 * masks.itemsize
    in_bytes = np.zeros(-(-masks.nbytes // 8) * 8, dtype=np.uint8)
    in_bytes[: masks.nbytes] = masks.view(np.uint8)
    words = in_bytes.view(np.uint64)
    counts = np.zeros((8, 8), dtype=np.int64)
    for first in range(0, len(words), _CHUNK_MASKS):
        # In each row another eighth of the bits, each at the bottom of a byte that can sum 255 of them.
        eighths = words[first : first + _CHUNK_MASKS] >> _EIGHTHS
        eighths &= _LOWEST_OF_BYTES
        sums = np.add.reduceat(eighths, np.arange(0, eighths.shape[1], 255), axis=1)
        counts += sums.view(np.uint8).reshape(8, -1, 8).sum(axis=1, dtype=np.int64)
    return counts.T.reshape(-1, bits).sum(axis=0)


def _sums_of_eight(counts: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Sums of each eight neighbours (64 at most each), inside 64-bit words: numpy is slow at short sums."""
    pairs_mask, gather = np.uint64(0x00FF_00FF_00FF_00FF), np.uint64(0x0001_0001_0001_0001)
    eights = counts.view(np.uint64)
    pairs = (eights & pairs_mask) + (eights >> np.uint64(8) & pairs_mask)
    return pairs * gather >> np.uint64(48)
