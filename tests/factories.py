"""Drafts of every kind of claim, records of every kind, and the people who act on them.

A factory makes a row as the desk would: a record that is not public, a claim that is a draft. `published`
and `submitted` take claims through `sources.review`, as every claim goes.
"""

from decimal import Decimal
from typing import Any, TypeVar

import factory
from django.contrib.auth.models import Group, Permission
from factory import LazyAttribute, SelfAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from accounts.models import User
from deposits.models import Country, Deposit, Location, Mineral, Occurrence, Region, ResourceEstimate
from findings.models import Finding
from partners.models import Ownership, Partner
from projects.models import Duration, Investment, Involvement, Production, Project, StageReport
from sources import review
from sources.models import Claim, Publisher, Source

C = TypeVar("C", bound=Claim)

#: What each group may do with claims, should the group not be there already.
MAY = {
    "contributor": ["add_claim"],
    "editor": ["add_claim", "publish_claim"],
    "administrator": ["add_claim", "publish_claim", "suppress_claim"],
}


def person(username: str, group: str = "") -> User:
    """The active account of that name, a member of the group: contributor, editor, administrator or none."""
    account, _made = User.objects.get_or_create(username=username, defaults={"is_staff": bool(group)})
    if group:
        its_group, made = Group.objects.get_or_create(name=group)
        if made:
            permissions = Permission.objects.filter(
                content_type__app_label="sources", codename__in=MAY[group]
            )
            its_group.permissions.set(permissions)
        account.groups.add(its_group)
    return account


class PersonFactory(DjangoModelFactory):
    """A contributor: may enter and submit claims."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = Sequence("contributor-{}".format)
    is_staff = True

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return person(kwargs["username"], "contributor")


# Records


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region

    name = "Central Asia"


class CountryFactory(DjangoModelFactory):
    class Meta:
        model = Country

    name = LazyAttribute(lambda country: f"Country {country.iso2}")
    # None begins like the codes of the atlas's own countries, which a loaded database has.
    iso2 = Sequence(lambda number: "ABCDEFGHIJLMNOPQRSVWXYZ"[number // 26 % 23] + chr(65 + number % 26))
    iso3 = LazyAttribute(lambda country: country.iso2 + "X")
    key = SelfAttribute("iso2")


class MineralFactory(DjangoModelFactory):
    class Meta:
        model = Mineral

    name = Sequence("mineral {}".format)
    group = "technology metals"


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = Publisher

    name = Sequence("publisher {}".format)


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    name = Sequence("article {}".format)
    publisher = SubFactory(PublisherFactory)
    published = "2025-06-01"
    url = Sequence("https://example.org/{}".format)
    language = "en"
    type = "news"


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    name = Sequence("partner {}".format)
    type = "company"


class DepositFactory(DjangoModelFactory):
    class Meta:
        model = Deposit

    name = Sequence("deposit {}".format)
    country = SubFactory(CountryFactory)


class ProjectFactory(DjangoModelFactory):
    class Meta:
        model = Project

    name = Sequence("project {}".format)
    type = "mine"


# Claims


class ClaimFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    source = SubFactory(SourceFactory)
    author = SubFactory(PersonFactory)
    edited_by = SelfAttribute("author")


class LocationFactory(ClaimFactory):
    class Meta:
        model = Location

    subject = SubFactory(DepositFactory)
    latitude = Decimal(45)
    longitude = Decimal(66)
    precision = "site"


class OccurrenceFactory(ClaimFactory):
    class Meta:
        model = Occurrence

    subject = SubFactory(DepositFactory)
    mineral = SubFactory(MineralFactory)
    role = "main"


class EstimateFactory(ClaimFactory):
    class Meta:
        model = ResourceEstimate

    subject = SubFactory(DepositFactory)
    mineral = SubFactory(MineralFactory)
    quantity = Decimal(1000)
    unit = "t"


class StageFactory(ClaimFactory):
    class Meta:
        model = StageReport

    subject = SubFactory(ProjectFactory)
    stage = "operating"


class DurationFactory(ClaimFactory):
    class Meta:
        model = Duration

    subject = SubFactory(ProjectFactory)
    since = "2026"
    years = Decimal(3)


class InvolvementFactory(ClaimFactory):
    class Meta:
        model = Involvement

    subject = SubFactory(ProjectFactory)
    partner = SubFactory(PartnerFactory)
    role = "owner"


class InvestmentFactory(ClaimFactory):
    class Meta:
        model = Investment
        skip_postgeneration_save = True

    subject = SubFactory(ProjectFactory)
    amount = Decimal(1_000_000)
    currency = "USD"
    status_of_money = "announced"

    @factory.post_generation
    def minerals(self, create: bool, linked: Any, **kwargs: Any) -> None:
        self.minerals.set(linked or [])  # type: ignore[attr-defined]

    @factory.post_generation
    def partners(self, create: bool, linked: Any, **kwargs: Any) -> None:
        self.partners.set(linked or [])  # type: ignore[attr-defined]


class ProductionFactory(ClaimFactory):
    class Meta:
        model = Production

    subject = SubFactory(ProjectFactory)
    mineral = SubFactory(MineralFactory)
    quantity = Decimal(100)
    unit = "t"
    period = "2024"
    measure = "actual"


class OwnershipFactory(ClaimFactory):
    class Meta:
        model = Ownership

    subject = SubFactory(PartnerFactory)
    owner = SubFactory(PartnerFactory)
    share_percent = Decimal(51)


class FindingFactory(ClaimFactory):
    class Meta:
        model = Finding

    subject = SubFactory(DepositFactory)
    topic = "water"
    statement = "The source says that the river is turbid."


CLAIM_FACTORIES: list[type[ClaimFactory]] = ClaimFactory.__subclasses__()


# Their life


def submitted(claim: C) -> C:
    """The claim, handed in by its author."""
    review.submit([claim], by=claim.author)
    claim.refresh_from_db()
    return claim


def published(claim: C, by: User | None = None) -> C:
    """The claim, handed in by its author and published by an editor."""
    review.publish([submitted(claim)], by=by or person("editor", "editor"))
    claim.refresh_from_db()
    return claim
