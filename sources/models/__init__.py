from .batches import Batch
from .claims import Claim
from .clock import Clock, Tick
from .distinctions import Distinction
from .links import LinkCheck
from .page_texts import PageText
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
    "Distinction",
    "LinkCheck",
    "Name",
    "PageText",
    "Preference",
    "Publisher",
    "Record",
    "Source",
    "Suggestion",
    "SuppressionRequest",
    "Tick",
    "Version",
]
