"""What every collection of features answers with, and can do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from atlas.map.boxes import Box


@dataclass(frozen=True)
class FeaturePage:
    """A page: its features encoded, with commas between; how many they are; how many match in all."""

    features: bytes
    returned: int
    matched: int


class Features(Protocol):
    """A collection of one moment, in an order that stays."""

    @property
    def title(self) -> str: ...

    @property
    def description(self) -> str: ...

    @property
    def licence(self) -> tuple[str, str]:
        """Address and name."""

    @property
    def facets(self) -> tuple[str, ...]:
        """Names of the property filters."""

    @property
    def searched_by_name(self) -> bool:
        """Whether a page can be asked for by name (`q`)."""

    @property
    def extent(self) -> list[float] | None:
        """West, south, east and north of all places; None where there are none."""

    def page(
        self,
        filters: Mapping[str, list[str]],
        query: str,
        box: Box | None,
        limit: int,
        offset: int,
        site: str,
    ) -> FeaturePage:
        """The features that match, from an offset on; those in a box have a place there."""

    def one(self, record_id: int, site: str) -> bytes | None:
        """One feature by its number; None if there is none."""
