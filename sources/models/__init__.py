from .claims import Batch, Claim, ClaimText
from .clock import Clock, Tick
from .links import LinkCheck
from .publications import Publisher, Source
from .records import Name, Record, Version
from .review import Check, Preference
from .suggestions import Suggestion

__all__ = [
    "Batch",
    "Check",
    "Claim",
    "ClaimText",
    "Clock",
    "LinkCheck",
    "Name",
    "Preference",
    "Publisher",
    "Record",
    "Source",
    "Suggestion",
    "Tick",
    "Version",
]
