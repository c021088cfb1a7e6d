"""What a reader asks of the near page: a place by name or by coordinates, and how far around it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from atlas.moments import Moment

from . import gazetteer
from .gazetteer import Settlement
from .names import cleaned
from .near import LEAST_KM, MOST_KM, USUAL_KM
from .positions import OutOfRange, Position, read_position
from .results import address_of

#: Settlements offered where none has the name asked for.
MOST_ALIKE = 10


@dataclass(frozen=True)
class Centre:
    """The position that is searched around, and the settlement there, if it is one's."""

    position: Position
    settlement: Settlement | None = None


@dataclass(frozen=True)
class Choice:
    """A settlement to choose, by the spelling that was asked for, with the address of its surroundings."""

    settlement: Settlement
    spelling: str
    country: str
    address: str

    @property
    def population(self) -> str:
        """As the reader's language writes numbers."""
        return str(number_format(self.settlement.population, force_grouping=True))


@dataclass(frozen=True)
class Asked:
    """A question as it was understood; `problem` says in the reader's language why it was not."""

    query: str
    radius_km: int
    centre: Centre | None = None
    problem: str = ""
    #: Settlements of the name asked for, other than the centre.
    named: list[Settlement] = field(default_factory=list)
    #: Settlements of similar names, where none has the one asked for.
    alike: list[Settlement] = field(default_factory=list)

    @classmethod
    def of(cls, parameters: Mapping[str, str]) -> "Asked":
        """Understand ?q=, ?lat= and ?lon=, ?radius=; whatever they hold."""
        query = cleaned(parameters.get("q", ""))
        radius_km = _radius_km(parameters.get("radius", ""))
        try:
            position = _position(parameters) or read_position(query)
        except OutOfRange as error:
            return cls(query, radius_km, problem=str(error))
        except ValueError:
            return cls(query, radius_km, problem=_("Latitude and longitude are numbers, in degrees."))
        found = gazetteer.named(query)
        named = [match.thing for match in found.named]
        if position is None and len(named) == 1:
            position = named[0].position
        if position is None:
            alike = [] if named else [match.thing for match in found.alike[:MOST_ALIKE]]
            return cls(query, radius_km, named=named, alike=alike)
        settlement = gazetteer.at(position)
        others = [other for other in named if other != settlement]
        return cls(query, radius_km, Centre(position, settlement), named=others)

    @property
    def written(self) -> str:
        """What the field of the form holds: the query, else the position that the address gave."""
        return self.query or (str(self.centre.position) if self.centre else "")

    @property
    def name(self) -> str:
        """The centre's settlement as the reader spelt it, else by its own name."""
        return _spelt(self.centre.settlement, self.query) if self.centre and self.centre.settlement else ""

    def country(self, moment: Moment) -> str:
        """The country of the centre's settlement, "" where the centre is a bare position."""
        return _country(moment, self.centre.settlement) if self.centre and self.centre.settlement else ""

    def choices(self, moment: Moment) -> list[Choice]:
        """The other settlements that may have been meant."""
        return [
            Choice(
                settlement=settlement,
                spelling=_spelt(settlement, self.query),
                country=_country(moment, settlement),
                address=self._address(moment, settlement),
            )
            for settlement in self.named or self.alike
        ]

    def _address(self, moment: Moment, settlement: Settlement) -> str:
        position = settlement.position
        radius = "" if self.radius_km == USUAL_KM else self.radius_km
        return address_of(
            reverse("near"),
            moment,
            q=self.query,
            lat=position.latitude,
            lon=position.longitude,
            radius=radius,
        )


def _country(moment: Moment, settlement: Settlement) -> str:
    countries = {country.iso2: country.label for country in moment.snapshot.countries}
    return countries.get(settlement.country, settlement.country)


def _spelt(settlement: Settlement, query: str) -> str:
    spellings = (settlement.name, *settlement.other_names)
    return next((text for text in spellings if text.casefold() == query.casefold()), settlement.name)


def _position(parameters: Mapping[str, str]) -> Position | None:
    """The position that ?lat= and ?lon= give. Raises ValueError, OutOfRange among them."""
    latitude, longitude = parameters.get("lat", "").strip(), parameters.get("lon", "").strip()
    if not (latitude or longitude):
        return None
    return Position(float(latitude.replace(",", ".")), float(longitude.replace(",", ".")))


def _radius_km(text: str) -> int:
    """Whole kilometres within the limits; the usual radius for what is no number."""
    number = text.strip()
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return USUAL_KM
    return min(max(int(number), LEAST_KM), MOST_KM)
