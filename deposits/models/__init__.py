from .claims import Location, Occurrence, ResourceEstimate
from .records import Country, Deposit, Mineral, Region

__all__ = ["Country", "Deposit", "Location", "Mineral", "Occurrence", "Region", "ResourceEstimate"]
