import gzip
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from atlas.addresses import address
from atlas.published.keeper import keeper
from sources import review
from sources.recording import publish_record
from tests import factories

from .conftest import Told

pytestmark = pytest.mark.django_db


def point_of(told: Told) -> str:
    return f"/en/embed/point/{told.deposit.pk}/{told.claim.point}/"


def record_of(told: Told) -> str:
    return f"/en/embed/deposit/{told.deposit.pk}/"


def text(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("path", ["/en/embed/deposit/3001/", "/en/embed/map/?country=KZ"])
def test_any_site_may_frame_an_embed(client: Client, loaded: int, path: str) -> None:
    answer = client.get(path)

    assert "frame-ancestors *;" in answer["Content-Security-Policy"] + ";"
    assert "X-Frame-Options" not in answer
    assert "script-src 'self'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/en/deposits/3001-kuirektykol/",
        "/en/",
        "/en/deposits/3001-kuirektykol/embed/",
        "/en/embed/deposit/999999/x",
        "/en/countries/1-kazakhstan/",
        "/en/claims/7/",
        "/c/7",
        "/en/claims/7/cite/",
        "/en/deposits/3001-kuirektykol/changes/",
        "/en/map/embed/",
        "/en/deposits/",
        "/en/corrections/",
        "/en/feeds/all.atom",
        "/en/search/",
        "/oembed?url=/d/3001",
        "/api/v1/deposits",
        "/admin/login/",
        "/nowhere",
    ],
)
def test_nobody_may_frame_another_page(client: Client, loaded: int, path: str) -> None:
    answer = client.get(path)

    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    "kind", ["country", "mineral", "deposit", "project", "partner", "source", "publisher"]
)
def test_every_kind_of_record_can_be_embedded(client: Client, loaded: int, kind: str) -> None:
    records = [record for record in keeper.newest().records.values() if record.kind == kind]

    for record in records[:: max(1, len(records) // 8)]:
        answer = client.get(f"/en/embed/{kind}/{record.pk}/")
        assert answer.status_code == 200
        assert not answer.cookies
        assert len(gzip.compress(answer.content)) < 20_000


def test_a_disagreement_shows_every_answer_with_its_source(client: Client, told: Told) -> None:
    second = factories.SourceFactory(publisher__name="Ministry of Geology")
    factories.published(
        factories.EstimateFactory(subject=told.deposit, mineral=told.mineral, quantity=1500, source=second)
    )

    page = text(client, point_of(told))

    assert "how much lithium is there?" in page
    assert "2 answers" in page
    for words in ("1,000–1,500", "sources differ", "Geology Weekly", "Ministry of Geology"):
        assert words in page


def test_kuirektykol_gives_its_six_answers(client: Client, loaded: int) -> None:
    deposit = next(deposit for deposit in keeper.newest().deposits if deposit.name == "Kuirektykol")
    mineral = keeper.newest().minerals[deposit.pk][0][0]

    page = text(client, f"/en/embed/point/{deposit.pk}/estimate/{mineral}/")

    assert "6 answers" in page
    for figure in ("795,800", "800,000", "935,400", "1,000,000"):
        assert figure in page


def test_a_live_embed_shows_the_new_value(client: Client, told: Told) -> None:
    told.replaced_by(quantity=1200)

    page = text(client, point_of(told))
    assert "1,200" in page
    assert "1,000" not in page
    assert "embed-notice" not in page


def test_an_embed_of_a_moment_keeps_what_it_said_and_says_that_it_was_withdrawn(
    client: Client, told: Told
) -> None:
    path = f"{point_of(told)}?as_of={told.tick}"
    assert "embed-notice" not in text(client, path)
    told.retract("The ministry withdrew its report.")

    page = text(client, path)

    assert "1,000" in page
    assert "A claim shown here no longer stands" in page
    assert "The ministry withdrew its report." in page
    assert "A claim shown here no longer stands" in text(client, f"{record_of(told)}?as_of={told.tick}")


def test_an_embed_of_a_moment_says_that_a_newer_version_exists(client: Client, told: Told) -> None:
    factories.published(factories.EstimateFactory(subject=told.deposit, mineral=told.mineral, quantity=1500))

    page = text(client, f"{point_of(told)}?as_of={told.tick}")

    assert "says something newer on this now" in page
    assert "no longer stands" not in page


def another_record(told: Told) -> None:
    publish_record(factories.CountryFactory(name="Tajikistan", iso2="TJ"), told.editor)


def a_spelling(told: Told) -> None:
    told.deposit.names.create(text="Шавазсай", language="uz", kind="spelling")
    publish_record(told.deposit, told.editor)


def another_point(told: Told) -> None:
    factories.published(factories.FindingFactory(subject=told.deposit))


def a_check(told: Told) -> None:
    review.check(told.claim, by=told.editor)


@pytest.mark.parametrize("change", [another_record, a_spelling, another_point, a_check])
def test_an_embed_of_a_moment_is_silent_about_what_it_does_not_show(
    client: Client, told: Told, change: Callable[[Told], None]
) -> None:
    change(told)

    for embed in (point_of(told), record_of(told), "/en/embed/map/?country=UZ"):
        assert "embed-notice" not in text(client, f"{embed}?as_of={told.tick}".replace("UZ?", "UZ&"))


def test_an_embed_of_a_moment_hears_of_a_new_name_a_new_grade_and_a_choice(
    client: Client, told: Told
) -> None:
    path = f"{point_of(told)}?as_of="
    told.deposit.name = "Shavaz"
    publish_record(told.deposit, told.editor)
    assert "embed-notice" in text(client, f"{path}{told.tick}")

    told.claim.source.reliability = "B"
    publish_record(told.claim.source, told.editor)
    assert "embed-notice" in text(client, f"{path}{told.tick + 1}")

    review.prefer(told.claim, by=told.editor, reason="The only drilling report.")
    assert "embed-notice" in text(client, f"{path}{told.tick + 2}")
    assert "embed-notice" not in text(client, f"{path}{told.tick + 3}")


def test_a_claim_that_came_and_went_later_was_never_shown(client: Client, told: Told) -> None:
    later = factories.published(
        factories.EstimateFactory(subject=told.deposit, mineral=told.mineral, quantity=1500)
    )
    review.retract(later, by=told.editor, because="Misread.")

    assert "embed-notice" not in text(client, f"{point_of(told)}?as_of={told.tick}")


def test_a_withdrawn_stage_role_and_mineral_are_named_in_a_projects_embed(client: Client, told: Told) -> None:
    stage = factories.published(factories.StageFactory(stage="suspended"))
    role = factories.published(factories.InvolvementFactory(subject=stage.subject))
    mineral = factories.published(factories.OccurrenceFactory(subject=stage.subject, mineral=told.mineral))
    path = f"/en/embed/project/{stage.subject_id}/?as_of={mineral.published_tick}"
    for number, claim in enumerate((stage, role, mineral), 1):
        review.retract(claim, by=told.editor, because=f"Reason {number}.")

    page = text(client, path)

    assert "3 claims shown here no longer stand" in page
    assert all(f"Reason {number}." in page for number in (1, 2, 3))


def test_a_projects_embed_names_who_reports_its_stage(client: Client, told: Told) -> None:
    stage = factories.published(factories.StageFactory(source__publisher__name="Mining Weekly"))

    assert "Mining Weekly" in text(client, f"/en/embed/project/{stage.subject_id}/")


def test_a_points_embed_is_silent_about_the_records_card_and_its_other_points(
    client: Client, told: Told
) -> None:
    factories.published(factories.OccurrenceFactory(subject=told.deposit, mineral=told.mineral))
    told.deposit.note = "Found in 1951."
    told.deposit.save()
    publish_record(told.deposit, told.editor)

    assert "embed-notice" not in text(client, f"{point_of(told)}?as_of={told.tick}")
    assert "embed-notice" in text(client, f"{record_of(told)}?as_of={told.tick}")


def test_a_suppressed_claim_is_in_no_embed(client: Client, told: Told) -> None:
    factories.published(factories.EstimateFactory(subject=told.deposit, mineral=told.mineral, quantity=1500))
    told.suppress(told.claim)
    keeper.forget()

    assert "1,000" not in text(client, point_of(told))
    assert client.get(f"{point_of(told)}?as_of={told.tick}").status_code == 404
    assert "1,000" not in text(client, f"{record_of(told)}?as_of={told.tick}")


def test_an_editors_choice_is_shown_with_its_reason(client: Client, told: Told) -> None:
    review.prefer(told.claim, by=told.editor, reason="The only drilling report.")

    assert "The only drilling report." in text(client, point_of(told))


def test_a_merged_record_redirects_and_a_withdrawn_one_says_why(client: Client, told: Told) -> None:
    other = factories.published(
        factories.EstimateFactory(subject__name="Shavaz", subject__country=told.deposit.country)
    ).subject
    told.deposit.merged_into = other
    publish_record(told.deposit, told.editor)
    answer = client.get(record_of(told))
    assert (answer.status_code, answer["Location"]) == (301, f"/en/embed/deposit/{other.pk}/")

    deposit = keeper.newest().record(other.pk)
    assert deposit is not None
    stored = type(told.deposit).objects.get(pk=other.pk)
    stored.withdrawn_because = "It never existed."
    publish_record(stored, told.editor)
    gone = client.get(f"/en/embed/deposit/{other.pk}/")
    assert gone.status_code == 410
    assert "It never existed." in gone.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "embed/deposit/999999/",
        "embed/point/3001/estimate/999999/",
        "embed/point/3001/nonsense/",
        "embed/point/3001/ownership/1/",
        "embed/region/6/",
    ],
)
def test_what_the_atlas_does_not_have_cannot_be_embedded(client: Client, loaded: int, path: str) -> None:
    assert client.get(f"/en/{path}").status_code == 404


def test_the_map_embed_lists_what_its_filters_ask_for_without_scripts(client: Client, loaded: int) -> None:
    page = text(client, "/en/embed/map/?country=TJ&mineral=antimony")

    assert "/en/deposits/" in page
    assert 'href="/en/?country=TJ&amp;mineral=antimony"' in page


def test_the_map_embed_of_a_moment_says_that_a_newer_version_exists(client: Client, told: Told) -> None:
    factories.published(factories.LocationFactory(subject=told.deposit))

    page = text(client, f"/en/embed/map/?country=UZ&as_of={told.tick}")

    assert "embed-notice" in page
    assert 'href="/en/?country=UZ"' in page


def test_the_map_embed_of_a_moment_hears_of_records_that_came_under_its_filters(
    client: Client, told: Told
) -> None:
    country = told.deposit.country
    factories.published(factories.LocationFactory(subject__name="Uchkulach", subject__country=country))

    assert "embed-notice" in text(client, f"/en/embed/map/?country=UZ&as_of={told.tick}")


def test_the_map_embed_of_a_moment_names_the_position_that_was_withdrawn(client: Client, told: Told) -> None:
    place = factories.published(factories.LocationFactory(subject=told.deposit))
    review.retract(place, by=told.editor, because="That is the next valley.")

    page = text(client, f"/en/embed/map/?country=UZ&as_of={place.published_tick}")

    assert "A claim shown here no longer stands" in page
    assert "That is the next valley." in page


def test_the_map_embed_keeps_filters_view_and_moment(client: Client, told: Told) -> None:
    factories.published(factories.LocationFactory(subject=told.deposit))
    elsewhere = factories.CountryFactory(name="Tajikistan", iso2="TJ")
    factories.published(factories.LocationFactory(subject__name="Uchkulach", subject__country=elsewhere))

    query = f"country=UZ&view=6/45/66&as_of={told.tick + 2}"
    page = text(client, f"/en/embed/map/?{query}")

    assert "Shavazsay" in page
    assert "Uchkulach" not in page
    assert f'href="/en/?{query.replace("&", "&amp;")}"' in page
    assert f"?as_of={told.tick + 2}" in page


def test_the_dialogue_offers_the_code_for_every_point_live_and_fixed(client: Client, told: Told) -> None:
    where = address(told.deposit) + "embed/"

    page = text(client, where)
    assert f"{record_of(told)}&quot;" in page
    assert "as_of" not in page[page.index("&lt;iframe") : page.index("&lt;/iframe")]
    fixed = text(client, f"{where}?point={told.claim.point}&fixed=1")
    assert f"{point_of(told)}?as_of={told.tick}&quot;" in fixed
    assert "/embed.js" in fixed


def test_the_dialogue_of_the_map_keeps_its_address(client: Client, loaded: int) -> None:
    page = text(client, "/en/map/embed/?country=KZ&view=5/45.1/66.2&fixed=1")

    assert "/en/embed/map/?country=KZ&amp;amp;view=5/45.1/66.2&amp;amp;as_of=1" in page


def test_the_script_for_host_pages_has_a_lasting_address(client: Client) -> None:
    answer = client.get("/embed.js")

    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert "max-age=86400" in answer["Cache-Control"]
    assert b"postMessage" not in answer.content
    assert b"addEventListener" in answer.content


@pytest.mark.parametrize(
    ("path", "most"),
    [("/en/embed/deposit/3001/", 8), ("/en/embed/country/1/", 9), ("/en/embed/map/?country=KZ", 2)],
)
def test_an_embed_asks_the_database_little(
    client: Client, loaded: int, path: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(path)

    with django_assert_max_num_queries(most):
        client.get(path)
