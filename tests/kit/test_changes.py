import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from atlas.addresses import address
from atlas.changes.history import Kind, corrections, history
from atlas.changes.scopes import EVERYTHING, about
from atlas.changes.wording import title
from atlas.published.keeper import keeper
from sources import review
from sources.models import Claim, Record
from sources.recording import publish_record
from tests import factories

from .conftest import Told

pytestmark = pytest.mark.django_db


def changes(after: int = 0, record: Record | None = None) -> list[tuple[str, str]]:
    snapshot = keeper.newest()
    scope = about(snapshot, record) if record else EVERYTHING
    return [(str(change.kind), title(change)) for change in history(snapshot, scope, after, limit=100)]


def test_a_new_claim_is_a_change(told: Told) -> None:
    assert changes() == [("stated", "Shavazsay: resource estimate, lithium: 1,000\N{NO-BREAK SPACE}t")]


def test_a_claim_that_replaces_another_is_one_change_with_both_values(told: Told) -> None:
    new = told.replaced_by(quantity=1200)

    [(kind, words)] = changes(after=told.tick)
    assert kind == "replaced"
    assert (
        words == "Shavazsay: resource estimate, lithium: 1,000\N{NO-BREAK SPACE}t → 1,200\N{NO-BREAK SPACE}t"
    )
    [change] = history(keeper.newest(), EVERYTHING, told.tick, 100)
    assert (change.old.claim.pk, change.new.claim.pk) == (told.claim.pk, new.pk)
    assert change.stood_since.number == told.tick


def test_a_retraction_says_why(told: Told) -> None:
    told.retract("The ministry withdrew its report.")

    [change] = history(keeper.newest(), EVERYTHING, told.tick, 100)
    assert (change.kind, change.reason) == (Kind.RETRACTED, "The ministry withdrew its report.")
    assert change.new is None


def test_choosing_and_ending_a_headline_are_changes(told: Told) -> None:
    preference = review.prefer(told.claim, by=told.editor, reason="The only drilling report.")
    review.end_preference(preference, by=told.editor, because="A second report came.")

    assert [kind for kind, _title in changes(after=told.tick)] == ["choice ended", "chosen"]


def test_a_check_is_a_change(told: Told) -> None:
    review.check(told.claim, by=told.editor, note="Page 4.")

    [change] = history(keeper.newest(), EVERYTHING, told.tick, 100)
    assert (change.kind, change.reason, change.tick.by) == (Kind.CHECKED, "Page 4.", told.editor)
    assert change.new.check.by == told.editor


def test_a_new_name_shows_before_and_after(told: Told) -> None:
    told.deposit.name = "Shavaz"
    publish_record(told.deposit, told.editor)

    [change] = history(keeper.newest(), EVERYTHING, told.tick, 100)
    assert change.kind == Kind.CARD
    assert [(field.label, field.old, field.new) for field in change.fields] == [
        ("name", "Shavazsay", "Shavaz")
    ]


def test_a_country_moved_is_told_by_the_countries_names(told: Told) -> None:
    told.deposit.country = factories.CountryFactory(name="Tajikistan", iso2="TJ")
    publish_record(told.deposit.country, told.editor)
    publish_record(told.deposit, told.editor)

    change = history(keeper.newest(), EVERYTHING, told.tick, 100)[0]
    assert [(field.old, field.new) for field in change.fields] == [("Uzbekistan", "Tajikistan")]


def test_a_load_is_one_change_but_its_corrections_are_told_one_by_one(told: Told) -> None:
    drafts = [factories.EstimateFactory(subject=told.deposit, mineral=told.mineral) for _n in range(40)]
    drafts.append(
        factories.EstimateFactory(
            subject=told.deposit, mineral=told.mineral, quantity=2000, supersedes=told.claim
        )
    )
    for draft in drafts:
        factories.submitted(draft)
    review.publish(drafts, by=told.editor, why="research loaded")

    assert [kind for kind, _title in changes(after=told.tick)] == ["replaced", "loaded"]
    assert changes(after=told.tick)[1][1] == "40 new claims: research loaded"


def test_a_suppressed_claim_is_in_no_change(told: Told) -> None:
    new = told.replaced_by(quantity=1200)
    told.suppress(new)
    keeper.forget()

    assert not any("1,200" in words for _kind, words in changes())
    [change] = history(keeper.newest(), EVERYTHING, told.tick, 100)
    assert change.new is None
    told.suppress(told.claim)
    assert changes() == []


def test_changes_of_a_past_moment_end_there(told: Told) -> None:
    told.retract()

    assert [change.kind for change in history(keeper.at(told.tick), EVERYTHING, 0, 100)] == [Kind.STATED]


@pytest.mark.parametrize("kind", ["deposit", "country", "mineral", "source", "publisher"])
def test_a_claim_belongs_to_its_deposit_country_mineral_source_and_publisher(told: Told, kind: str) -> None:
    occurrence = factories.OccurrenceFactory(subject=told.deposit, mineral=told.mineral)
    factories.published(occurrence)
    records = {
        "deposit": told.deposit,
        "country": told.deposit.country,
        "mineral": told.mineral,
        "source": told.claim.source,
        "publisher": told.claim.source.publisher,
    }
    record = keeper.newest().record(records[kind].pk)

    assert any("1,000" in words for _kind, words in changes(record=record))


def test_another_minerals_estimate_is_no_change_of_the_mineral(told: Told) -> None:
    tin = factories.MineralFactory(name="tin")
    for mineral in (told.mineral, tin):
        factories.published(factories.OccurrenceFactory(subject=told.deposit, mineral=mineral))

    assert not any("1,000" in words for _kind, words in changes(record=keeper.newest().record(tin.pk)))


def test_a_partner_hears_of_its_projects(told: Told) -> None:
    involvement = factories.published(factories.InvolvementFactory(partner__name="Navoi Uran"))
    factories.published(factories.StageFactory(subject=involvement.subject, stage="suspended"))

    partner = keeper.newest().record(involvement.partner_id)
    assert any("suspended" in words for _kind, words in changes(record=partner))


def test_corrections_are_what_was_replaced_or_retracted_alone(told: Told) -> None:
    review.check(told.claim, by=told.editor)
    told.retract()

    assert [change.kind for change in corrections(keeper.newest(), EVERYTHING, 0, 10)] == [Kind.RETRACTED]


def test_the_corrections_page_shows_what_it_said_why_and_what_replaced_it(client: Client, told: Told) -> None:
    told.replaced_by(quantity=1200, note="The report counted ore.")

    page = client.get("/en/corrections/").content.decode()

    for words in ("1,000", "1,200", "The report counted ore.", "First report", "What it said, since"):
        assert words in page


def test_the_corrections_page_without_corrections_says_so(client: Client, told: Told) -> None:
    assert "Nothing has been corrected so far" in client.get("/en/corrections/").content.decode()


def test_a_records_changes_lie_between_two_moments(client: Client, told: Told) -> None:
    told.replaced_by(quantity=1200)
    review.check(Claim.objects.latest("pk"), by=told.editor)
    where = address(told.deposit) + "changes/"

    first = client.get(where, {"from": "2", "to": "3"}).content.decode()
    assert "claim replaced" in first
    assert "checked against" not in first
    assert "claim replaced" not in client.get(where, {"from": "3"}).content.decode()
    assert "Nothing changed here" in client.get(where, {"from": "4"}).content.decode()


@pytest.mark.parametrize(
    "query", ["from=tomorrow", "to=99", "from=2099-01-01", "from=%00", "to=" + "9" * 400]
)
def test_a_moment_the_atlas_cannot_show_is_said_plainly(client: Client, told: Told, query: str) -> None:
    answer = client.get(f"{address(told.deposit)}changes/?{query}")

    assert answer.status_code == 400
    assert 'class="note"' in answer.content.decode()


def test_moments_in_the_wrong_order_are_said_plainly(client: Client, told: Told) -> None:
    told.retract()

    page = client.get(f"{address(told.deposit)}changes/?from=3&to=2")
    assert "lies after the second" in page.content.decode()


def test_changes_ask_the_database_little(
    client: Client, loaded: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    editor = factories.person("editor", "editor")
    for claim in list(Claim.objects.order_by("kind", "pk").filter(pk__gt=0))[::400]:
        review.retract(claim, by=editor, because="Tried.")
    country = keeper.newest().countries[0]
    client.get("/en/corrections/")

    with django_assert_max_num_queries(40):
        client.get("/en/corrections/")
    with django_assert_max_num_queries(48):
        client.get(address(country) + "changes/")
