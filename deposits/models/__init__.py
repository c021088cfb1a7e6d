from .claims import Location, Occurrence, ResourceEstimate
from .records import Country, Deposit, Mineral, Region
from .reference import ReferenceImport, ReferencePoint, StagedReference

__all__ = [
    "Country",
    "Deposit",
    "Location",
    "Mineral",
    "Occurrence",
    "ReferenceImport",
    "ReferencePoint",
    "Region",
    "ResourceEstimate",
    "StagedReference",
]
