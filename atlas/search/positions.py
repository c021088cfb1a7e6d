"""Positions as people type them: "40.1, 65.4", "40,1; 65,4", "40°06′N 65°22′E", "40,1° с. ш. 65,4° в. д."."""

import re
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "º": "°", "˚": "°"}
    | dict.fromkeys("′’‘ʹ´`ʼ", "'")
    | dict.fromkeys("″“”„ʺ", '"')
    | {"С": "N", "Ю": "S", "В": "E", "З": "W"}
)
_CYRILLIC_HALF = re.compile(r"([NSEW])\s*\.?\s*[ШД](?:\.|(?=[\s,;\d]|$))")
_LONGEST = 100
_NUMBER = r"\d{1,3}(?:[.,]\d{1,12})?(?!\d)"
_PAIR = re.compile(rf"([+-]?{_NUMBER})(?:\s*[,;]\s*|\s+)([+-]?{_NUMBER})")


def _angle(n: int) -> str:
    """The pattern of one angle: a hemisphere's letter before or after, minutes and seconds if given."""
    return (
        rf"(?P<before{n}>[NSEW])?\s*(?P<degrees{n}>-?{_NUMBER})\s*(?P<sign{n}>°)?"
        rf"(?:\s*(?P<minutes{n}>{_NUMBER})\s*'?(?:\s*(?P<seconds{n}>{_NUMBER})\s*(?:\"|'')?)?)?"
        rf"\s*(?(before{n})|(?P<after{n}>[NSEW])?)"
    )


_ANGLES = re.compile(rf"{_angle(1)}\s*[,;]?\s*{_angle(2)}")


class OutOfRange(ValueError):
    """Numbers that are no position: a latitude beyond 90°, a longitude beyond 180°."""


@dataclass(frozen=True)
class Position:
    """Degrees, WGS 84: latitude −90 to 90, longitude −180 to 180. Raises OutOfRange."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise OutOfRange(_("A latitude lies between −90° and 90°, a longitude between −180° and 180°."))

    def __str__(self) -> str:
        north = pgettext("hemisphere", "N") if self.latitude >= 0 else pgettext("hemisphere", "S")
        east = pgettext("hemisphere", "E") if self.longitude >= 0 else pgettext("hemisphere", "W")
        return f"{_degrees(self.latitude)}{north}, {_degrees(self.longitude)}{east}"


def _degrees(number: float) -> str:
    """Four decimals at most (11 m), as the reader's language writes them, up to the hemisphere's letter."""
    decimals = f"{abs(number):.4f}".rstrip("0").rstrip(".")
    return f"{number_format(decimals)}°\N{NO-BREAK SPACE}"


def read_position(text: str) -> Position | None:
    """The position that a text states, latitude first unless letters say otherwise; None if it states none.

    Raises OutOfRange if it reads like one but is none on Earth.
    """
    if len(text) > _LONGEST:
        return None
    plain = _CYRILLIC_HALF.sub(r"\1", text.strip().upper().translate(_SIGNS))
    if pair := _PAIR.fullmatch(plain):
        return Position(*(_decimal(number) for number in pair.groups()))
    angles = _ANGLES.fullmatch(plain)
    if not angles:
        return None
    (first, first_half), (second, second_half) = (_read_angle(angles, n) for n in (1, 2))
    if first is None or second is None:
        return None
    if first_half in ("", *"NS") and second_half in ("", *"EW") and bool(first_half) == bool(second_half):
        return Position(first, second)
    if first_half in ("E", "W") and second_half in ("N", "S"):
        return Position(second, first)
    return None


def _read_angle(angles: re.Match[str], n: int) -> tuple[float | None, str]:
    """(degrees, hemisphere); None degrees unless a letter or a sign says so, and the parts are sound."""
    parts = {name: angles[f"{name}{n}"] or "" for name in ("degrees", "minutes", "seconds", "sign")}
    half = angles[f"before{n}"] or angles[f"after{n}"] or ""
    degrees, minutes, seconds = (_decimal(parts[name] or "0") for name in ("degrees", "minutes", "seconds"))
    whole = [parts["degrees"], parts["minutes"], parts["seconds"]]
    whole = whole[: 1 + max(place for place, part in enumerate(whole) if part)]
    fractions_before_the_last = any(not part.lstrip("-").isdigit() for part in whole[:-1])
    negative = parts["degrees"].startswith("-")
    if not (half or parts["sign"]) or (half and negative) or fractions_before_the_last:
        return None, half
    if minutes >= 60 or seconds >= 60:
        return None, half
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return (-size if negative or half in ("S", "W") else size), half


def _decimal(number: str) -> float:
    return float(number.replace(",", "."))
