"""Morton codes: one number for a grid square, such that sorting brings the squares of a cell together.

The bits of x and y alternate (x lowest), after G. M. Morton, "A computer oriented geodetic data base" (IBM,
1966). Two coordinates of 26 bits make 52, which also fits a JavaScript number. The code of the cell that
holds a square, some levels up, is the square's code shifted right by two bits a level.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

_HALF_BITS = 13
_LOW_HALF = (1 << _HALF_BITS) - 1


def _spread_bitwise(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    spread = np.zeros_like(numbers)
    for bit in range(_HALF_BITS):
        spread |= (numbers >> bit & 1) << 2 * bit
    return spread


_SPREAD = _spread_bitwise(np.arange(1 << _HALF_BITS, dtype=np.int64))
_SPREAD_LIST: list[int] = _SPREAD.tolist()
_COMPACTING = (
    (1, 0x3333333333333333),
    (2, 0x0F0F0F0F0F0F0F0F),
    (4, 0x00FF00FF00FF00FF),
    (8, 0x0000FFFF0000FFFF),
    (16, 0x00000000FFFFFFFF),
)


def spread(numbers: ArrayLike) -> NDArray[np.int64]:
    """The numbers (up to 26 bits) with a zero between each two of their bits."""
    numbers = np.asarray(numbers)
    return _SPREAD[numbers & _LOW_HALF] | _SPREAD[numbers >> _HALF_BITS] << 2 * _HALF_BITS


def compact(numbers: ArrayLike) -> NDArray[np.int64]:
    """Every second bit of the numbers, from the lowest: the inverse of `spread`."""
    numbers = np.asarray(numbers, dtype=np.int64) & 0x5555555555555555
    for shift, mask in _COMPACTING:
        numbers = (numbers | numbers >> shift) & mask
    return numbers


def interleave(x: ArrayLike, y: ArrayLike) -> NDArray[np.int64]:
    """Morton codes of squares or cells; x and y may have any shapes that numpy can broadcast together."""
    return spread(x) | spread(y) << 1


def code_of(x: int, y: int) -> int:
    """The Morton code of one square or cell."""
    return _spread_one(x) | _spread_one(y) << 1


def deinterleave(codes: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The x and y of Morton codes."""
    codes = np.asarray(codes, dtype=np.int64)
    return compact(codes), compact(codes >> 1)


def _spread_one(number: int) -> int:
    return _SPREAD_LIST[number & _LOW_HALF] | _SPREAD_LIST[number >> _HALF_BITS] << 2 * _HALF_BITS
