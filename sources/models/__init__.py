from .batches import Batch
from .claims import Claim
from .clock import Clock, Tick
from .links import LinkCheck
from .publications import Publisher, Source
from .records import Name, Record, Version
from .review import Check, Preference
from .suggestions import Suggestion
from .suppression import SuppressionRequest
from .texts import ClaimText

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
    "SuppressionRequest",
    "Tick",
    "Version",
]
