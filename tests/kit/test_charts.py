import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from atlas.addresses import address
from atlas.charts.charts import MOST_BARS, Bar, Chart, charts_of, of_stages, of_table
from atlas.charts.layout import WIDTH, laid_out
from atlas.charts.tables import table
from atlas.moments import Moment
from atlas.pages.country_profiles import country_page
from atlas.pages.mineral_profiles import mineral_page
from atlas.published.keeper import keeper
from sources.models import Record

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def antimony(loaded: int) -> Record:
    return next(mineral for mineral in keeper.newest().all_minerals if mineral.name == "antimony")


def files_of(client: Client, record: Record, ending: str) -> list[bytes]:
    """Every chart of a record in one format."""
    answers = [
        client.get(f"{address(record)}charts/{chart.key}.{ending}")
        for chart in charts_of(keeper.newest(), record)
    ]
    assert answers
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content for answer in answers]


def test_a_chart_has_a_bar_for_every_figure_of_its_table_that_is_a_mass(antimony: Record) -> None:
    for shown in mineral_page(keeper.newest(), antimony).estimates:
        chart = of_table(shown)
        if chart is not None:
            claims = {figure.statement.claim.pk for figure in shown.figures}
            assert {bar.statement.claim.pk for bar in chart.bars if bar.statement} <= claims
            assert len(chart.bars) + chart.left_out == len(claims)


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    chart = Chart("k", "Title", (Bar("a", 200.0, "200 t"), Bar("b", 50.0, "50 t"), Bar("c", 0.0, "0 t")))

    widths = [row.width for row in laid_out(chart, []).rows]

    assert widths[1] == pytest.approx(widths[0] / 4, abs=0.1)
    assert widths[2] < widths[1]


def test_words_and_bars_stay_within_the_picture(antimony: Record) -> None:
    for chart in charts_of(keeper.newest(), antimony):
        assert all(row.x + row.width <= WIDTH for row in laid_out(chart, []).rows)


def test_a_long_label_takes_two_lines_and_its_row_grows() -> None:
    chart = Chart("k", "Title", (Bar("word " * 30, 2.0, "2 t", "Weekly, 2025"), Bar("a", 1.0, "1 t")))

    long, short = laid_out(chart, []).rows

    assert (len(long.labels), len(short.labels)) == (2, 1)
    assert long.label_lines[-1][0] < long.source_y < short.y


def test_one_bar_compares_nothing_and_many_are_cut(antimony: Record) -> None:
    snapshot = keeper.newest()
    charts = [chart for mineral in snapshot.all_minerals for chart in charts_of(snapshot, mineral)]

    assert all(2 <= len(chart.bars) <= MOST_BARS for chart in charts)
    assert any(chart.left_out for chart in charts)


def test_an_svg_names_every_source_in_the_picture(client: Client, antimony: Record) -> None:
    for chart, content in zip(
        charts_of(keeper.newest(), antimony), files_of(client, antimony, "svg"), strict=True
    ):
        root = ElementTree.fromstring(content)
        words = [text.text for text in root.iter(f"{SVG}text")]
        assert root.find(f"{SVG}title").text == f"Antimony. {chart.title}"
        assert len(list(root.iter(f"{SVG}rect"))) == len(chart.bars) + 1
        assert all(any(bar.source[:20] in str(word) for word in words) for bar in chart.bars)


def test_a_png_is_twice_as_fine(client: Client, antimony: Record) -> None:
    for content in files_of(client, antimony, "png"):
        assert Image.open(BytesIO(content)).width == 2 * WIDTH
        assert len(content) < 150_000


def test_a_csv_has_number_unit_source_and_a_lasting_address(client: Client, antimony: Record) -> None:
    rows = list(csv.DictReader(StringIO(files_of(client, antimony, "csv")[0].decode())))

    assert {row["unit"] for row in rows} == {"t"}
    assert {float(row["value"]) for row in rows} >= {264616, 265000, 264600}
    assert all(row["source address"].startswith("http") and row["publisher"] for row in rows)
    assert all(row["claim address"].endswith(f"/en/claims/{row['claim']}/?as_of=1") for row in rows)


def test_no_cell_is_a_formula_to_a_spreadsheet(loaded: int) -> None:
    chart = Chart("stages", "Stages", (Bar("=HYPERLINK(1)", 1.0, "1"), Bar("b", 2.0, "2")))

    assert "'=HYPERLINK(1)" in table(chart, Moment(keeper.newest()), "")


def test_a_countrys_stages_are_counted_as_on_its_page(loaded: int) -> None:
    country = keeper.newest().countries[0]
    stages = country_page(keeper.newest(), country).stages

    chart = of_stages(stages)

    assert chart is not None
    assert [bar.value for bar in chart.bars] == [stage.count for stage in stages]


@pytest.mark.parametrize("path", ["charts/nothing.svg", "charts/stages.pdf"])
def test_a_chart_there_is_not_is_not_found(client: Client, antimony: Record, path: str) -> None:
    assert client.get(address(antimony) + path).status_code == 404


def test_a_page_shows_the_chart_with_its_files(antimony: Record) -> None:
    tables = mineral_page(keeper.newest(), antimony).estimates
    shown = next(table for table in tables if of_table(table))
    context = Context({"record": antimony, "moment": Moment(keeper.newest()), "table": shown})

    html = Template("{% load charts %}{% table_chart table %}").render(context)

    assert 'role="img"' in html
    assert "style=" not in html
    for ending in ("svg", "png", "csv"):
        assert f".{ending}" in html


def test_a_chart_asks_the_database_no_more_than_its_page(
    client: Client, antimony: Record, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = f"{address(antimony)}charts/{charts_of(keeper.newest(), antimony)[0].key}.svg"

    with django_assert_max_num_queries(30):
        client.get(path)
