from .claims import Batch, Claim, ClaimText
from .clock import Clock, Tick
from .publications import Publisher, Source
from .records import Name, Record, Version
from .review import Check, Preference

__all__ = [
    "Batch",
    "Check",
    "Claim",
    "ClaimText",
    "Clock",
    "Name",
    "Preference",
    "Publisher",
    "Record",
    "Source",
    "Tick",
    "Version",
]
