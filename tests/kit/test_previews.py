import time
from io import BytesIO

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from atlas.map.record_map import record_map
from atlas.pages.evidence import gather
from atlas.previews import cards
from atlas.previews.cards import Card
from atlas.previews.drawing import png
from atlas.previews.letters import drawable, fitted, font, wrapped
from atlas.published.keeper import keeper
from deposits.models import ResourceEstimate
from sources import review
from sources.models import Record
from sources.recording import publish_record

from .conftest import Told

pytestmark = pytest.mark.django_db

#: Kazakh, Kyrgyz, Tajik and Uzbek Cyrillic, Turkmen and Uzbek Latin: letters that Russian and English lack.
CENTRAL_ASIAN = "ӘәҒғҚқҢңӨөҰұҮүҺһІіҶҷӢӣӮӯЎўҲҳÄäÇçŇňÖöŞşÜüÝýŽžOʻoʻGʻgʻ"
LONG = "Қарағанды облысы Шет ауданындағы Жоғарғы Қайрақты вольфрам-молибден кен орнының өндірістік қорлары"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """Pictures of other tests' records, which had the same ticks."""
    cache.clear()


def record_named(name: str) -> Record:
    return next(record for record in keeper.newest().records.values() if record.name == name)


def picture(client: Client, path: str) -> Image.Image:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    return Image.open(BytesIO(answer.content))


@pytest.mark.parametrize(
    "kind", ["country", "mineral", "deposit", "project", "partner", "source", "publisher"]
)
def test_every_kind_of_record_has_a_picture_of_1200_by_630(client: Client, loaded: int, kind: str) -> None:
    record = next(record for record in keeper.newest().records.values() if record.kind == kind)

    assert picture(client, f"/en/preview/{kind}/{record.pk}.png").size == (1200, 630)


def test_pictures_are_small_and_quickly_drawn(loaded: int) -> None:
    snapshot = keeper.newest()
    busiest = max(snapshot.sources, key=lambda source: snapshot.cited.get(source.pk, 0))
    shown = [cards.of_map(snapshot, QueryDict("")), cards.of_record(snapshot, busiest)]
    shown += [
        cards.of_record(snapshot, record) for record in (*snapshot.countries, *snapshot.all_minerals[:5])
    ]
    png(shown[0])  # the basemap is drawn once a process

    for card in shown:
        started = time.process_time()
        drawn = png(card)
        assert time.process_time() - started < 0.2
        assert len(drawn) < 60_000


def test_a_picture_says_what_the_page_shows_first(loaded: int) -> None:
    deposit = record_named("Kuirektykol")
    [evidence] = gather(keeper.newest(), [([deposit], [ResourceEstimate])]).of(deposit, "estimate")

    card = cards.of_record(keeper.newest(), deposit)

    assert card.title == "Kuirektykol"
    assert any(evidence.value in text and "6 answers" in text for _label, text in card.lines)


@pytest.mark.parametrize("query", ["", "country=KZ&mineral=lithium", "record=project&country=TJ&country=UZ"])
def test_the_maps_picture_counts_and_marks_what_its_filters_show(loaded: int, query: str) -> None:
    atlas_map = record_map(keeper.newest())
    filters = dict(QueryDict(query).lists())
    everything = atlas_map.index.select(None, filters, limit=1000).total

    card = cards.of_map(keeper.newest(), QueryDict(query))

    assert card.kind == f"{everything} records"
    assert len(card.marks) == everything - atlas_map.unlocated(filters)


def test_the_maps_picture_does_not_repeat_what_is_no_value_of_a_filter(loaded: int) -> None:
    card = cards.of_map(keeper.newest(), QueryDict("type=The+ministry+admits+it&country=KZ"))
    assert card.title == "Kazakhstan"
    assert card.kind == "0 records"


class Counting:
    """Letters a pixel wide, which count how often they are measured."""

    def __init__(self) -> None:
        self.measured = 0

    def getlength(self, text: str) -> int:
        self.measured += 1
        return len(text)


@pytest.mark.parametrize("text", ["a" * 20_000, "a " * 10_000])
def test_a_text_of_any_length_is_measured_a_few_dozen_times(text: str) -> None:
    letters = Counting()
    assert [len(line) for line in wrapped(text, letters, 100, most=3)][:2] == [
        100 - text.count(" ", 99, 100)
    ] * 2
    assert letters.measured < 100


def test_a_point_is_pictured_by_its_question_and_answers(client: Client, told: Told) -> None:
    path = f"/en/preview/point/{told.deposit.pk}/{told.claim.point}.png"

    assert picture(client, path).size == (1200, 630)
    assert client.get(path.replace("estimate", "location")).status_code == 404


def test_a_project_without_a_place_is_marked_at_its_deposits(loaded: int) -> None:
    snapshot = keeper.newest()
    project = next(p for p in snapshot.projects if p.pk not in snapshot.places and snapshot.deposits_of(p))
    placed = [deposit for deposit in snapshot.deposits_of(project) if deposit.pk in snapshot.places]

    assert len(cards.of_record(snapshot, project).marks) == len(placed)


def test_a_title_in_a_script_the_font_lacks_is_told_by_publisher_and_language(loaded: int) -> None:
    snapshot = keeper.newest()
    source = next(
        source for source in snapshot.sources if source.language == "zh" and not drawable(source.name)
    )

    assert cards.of_record(snapshot, source).title == f"{source.publisher.name}, in Chinese"


def test_the_font_has_every_letter_of_the_region() -> None:
    nothing = font(24).getmask("\uffff")

    assert drawable(CENTRAL_ASIAN)
    for letter in CENTRAL_ASIAN:
        assert bytes(font(24).getmask(letter)) != bytes(nothing)


def test_a_long_name_is_shrunk_and_cut_but_stays_in_its_column() -> None:
    lines, size = fitted(LONG * 3, (50, 28), 500, most=4)

    assert len(lines) == 4
    assert size == 28
    assert lines[-1].endswith("…")
    assert all(font(size, bold=True).getlength(line) <= 500 for line in lines)


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    lines = wrapped(
        "five answers 1\N{NO-BREAK SPACE}213\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}t", font(24), 190, most=3
    )

    assert list(lines) == ["five answers", "1\N{NO-BREAK SPACE}213\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}t"]


@given(st.text(st.characters(max_codepoint=0x52F, exclude_categories=("C",)), max_size=200))
def test_words_never_leave_their_column(text: str) -> None:
    lines = wrapped(text, font(20), 300, most=3)

    assert len(lines) <= 3
    assert all(font(20).getlength(line) <= 300 for line in lines)


def test_a_picture_is_drawn_once_a_tick(client: Client, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[Card] = []
    monkeypatch.setattr("atlas.previews.views.png", lambda card: drawn.append(card) or b"png")
    path = f"/en/preview/deposit/{told.deposit.pk}.png"

    client.get(path)
    client.get(path)
    assert len(drawn) == 1
    told.replaced_by(quantity=1200)
    client.get(path)
    assert len(drawn) == 2
    assert any("1,200" in text for _label, text in drawn[1].lines)


def test_a_past_moments_picture_shows_what_was_said_then(client: Client, told: Told) -> None:
    told.replaced_by(quantity=1200)
    now, then = keeper.newest(), keeper.at(told.tick)

    said = [
        " ".join(text for _label, text in cards.of_record(s, s.records[told.deposit.pk]).lines)
        for s in (now, then)
    ]
    assert "1,200" in said[0]
    assert "1,000" in said[1]


def test_a_suppressed_claim_leaves_past_pictures_too(client: Client, told: Told) -> None:
    path = f"/en/preview/deposit/{told.deposit.pk}.png?as_of={told.tick}"
    before = client.get(path).content
    told.suppress(told.claim)
    keeper.forget()

    assert client.get(path).content != before


def test_a_picture_speaks_the_pages_language(loaded: int) -> None:
    with translation.override("ru"):
        assert cards.of_record(keeper.newest(), record_named("lithium")).title == "Литий"


@pytest.mark.parametrize("path", ["deposit/999999.png", "mineral/3001.png", "region/6.png"])
def test_what_the_atlas_does_not_have_has_no_picture(client: Client, loaded: int, path: str) -> None:
    assert client.get(f"/en/preview/{path}").status_code == 404


def test_a_withdrawn_record_has_no_picture(client: Client, told: Told) -> None:
    told.deposit.withdrawn_because = "It never existed."
    publish_record(told.deposit, told.editor)

    assert client.get(f"/en/preview/deposit/{told.deposit.pk}.png").status_code == 404


def test_a_picture_asks_the_database_little(
    client: Client, loaded: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"/en/preview/deposit/{record_named('Kuirektykol').pk}.png"
    with django_assert_max_num_queries(9):
        client.get(path)
    with django_assert_max_num_queries(2):
        client.get(path)


def test_a_check_moves_the_clock_but_not_the_words(told: Told) -> None:
    before = cards.of_record(keeper.newest(), keeper.newest().records[told.deposit.pk]).lines
    review.check(told.claim, by=told.editor)

    assert cards.of_record(keeper.newest(), keeper.newest().records[told.deposit.pk]).lines == before
