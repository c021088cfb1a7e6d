"""What a download says of itself: which record, of what moment, under which licence, column by column."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings

from .selecting import Selection
from .tables import Column, Table, in_english, moment_text

TITLE = "Critical Minerals Atlas of Central Asia"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
LICENCE_NAME = "Creative Commons Attribution 4.0 International (CC BY 4.0)"

_README = """{title}
{rule}

{about}

What is here
  A claim is one source saying one thing about one subject. The atlas chooses none and hides none.
  - The table of records has a row a record, as its page shows it. Its position is that of one claim; its
    sources are those of all claims about it (source_ids, source_urls).
  - Tables of claims have a row a claim, with its source. "headline" marks what a page shows first on a point:
    the claim that editors chose, else the one value, else both ends of the range. "point_disagrees" marks
    points on which comparable claims differ. Never add up rows of one point: they state the same thing.
  - quantity_t is the quantity in tonnes by scaling the unit and nothing else. Metal, oxide and ore, reserves
    and resources, and different systems are not comparable, and the atlas converts none into another.
  - as_of_start and as_of_end are the first and the last day that a source's date may mean.
  - Latitude and longitude are degrees of WGS 84; coordinate_uncertainty_m says how far off they may be.
    Records whose place nobody states have no position.
  - columns.csv says what each column holds; sources.csv lists the publications.
  - Texts that a spreadsheet would run as a formula begin with an apostrophe.

How to credit
  "{title}", {site}/, {licence}.
  Please link to the record or claim you used, and credit its sources too.
"""


def about_lines(selection: Selection, site: str) -> list[str]:
    """What, as of when, from where, under which licence: a line each, in English."""
    snapshot = selection.snapshot
    return [
        f"{TITLE}: {selection.name}, {len(selection.records)} records.",
        f"As of tick {snapshot.tick} of its publication clock, {moment_text(snapshot.at)}.",
        f"From {site}/. Data: {LICENCE_NAME}, {LICENCE}. Sources keep their own terms.",
    ]


def members(selection: Selection, site: str) -> dict[str, Any]:
    """The same for the head of a JSON file."""
    return {
        "name": selection.name,
        "title": TITLE,
        "license": LICENCE,
        "website": f"{site}/",
        "as_of_tick": selection.snapshot.tick,
        "as_of": moment_text(selection.snapshot.at),
    }


def readme(selection: Selection, site: str) -> str:
    """The README of a zipped download, in English."""
    about = "\n".join(about_lines(selection, site))
    return _README.format(title=TITLE, rule="=" * len(TITLE), about=about, site=site, licence=LICENCE)


def licence_text() -> str:
    """The licence of the atlas's data, as the project states it."""
    return (settings.BASE_DIR / "LICENSE-DATA").read_text("utf-8")


def column_notes(tables: Iterable[Table]) -> Table:
    """A table of what each column of each table holds."""
    rows = [(table.name, column) for table in tables for column in table.columns]
    columns = [
        Column("table", "The table.", lambda row: row[0]),
        Column("column", "The column.", lambda row: row[1].name),
        Column("type", "Its type, as in Table Schema.", lambda row: row[1].type),
        Column("note", "What it holds.", lambda row: in_english(row[1].note)),
    ]
    return Table("columns", columns, rows)
