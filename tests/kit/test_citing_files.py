"""Every source of the record, read back by parsers that others wrote."""

import json
from pathlib import Path

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from bibtexparser.model import Field
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from atlas.citing import bibtex, ris
from atlas.citing.authors import AND_OTHERS
from atlas.citing.files import FORMATS
from atlas.citing.items import Item, iso_date, source_item
from atlas.published.keeper import keeper

pytestmark = pytest.mark.django_db

printable = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=40)


@pytest.fixture
def sources(loaded: int) -> list[Item]:
    """The citation of every source of the record."""
    return [source_item(source) for source in keeper.newest().sources]


def signed(item: Item) -> list[str]:
    """Authors as reference managers keep them: "Nuttall, Clare", "European Commission"."""
    names = [name for name in item.get("author", []) if name != AND_OTHERS]
    return [f"{n['family']}, {n['given']}" if "family" in n else n["literal"] for n in names]


def cited(items: list[Item]) -> list[str]:
    """The items as citeproc-py writes them in a style that shows every field."""
    style = CitationStylesStyle(str(Path(__file__).with_name("every_field.csl")), validate=False)
    read = CiteProcJSON(json.loads(FORMATS["json"].write(items)))
    bibliography = CitationStylesBibliography(style, read, formatter.plain)
    for item in items:
        bibliography.register(Citation([CitationItem(item["id"])]))
    return [str(entry) for entry in bibliography.bibliography()]


def test_bibtexparser_reads_back_every_source(sources: list[Item]) -> None:
    file = FORMATS["bib"].write(sources)
    verbatim = bibtexparser.parse_string(file, append_middleware=[SeparateCoAuthors()])
    library = bibtexparser.parse_string(file, append_middleware=[LatexDecodingMiddleware()])

    assert library.failed_blocks == []
    assert len(library.entries) == len(sources) > 1000
    for item in sources:
        entry = library.entries_dict[item["id"]]
        assert entry["title"].strip("{}") == item["title"]
        assert verbatim.entries_dict[item["id"]]["url"] == item["URL"]
        assert entry.get("date", Field("date", "")).value == iso_date(item.get("issued"))
        authors = verbatim.entries_dict[item["id"]].get("author", Field("author", [])).value
        assert [name.strip("{}") for name in authors if name != "others"] == list(
            map(bibtex.escape, signed(item))
        )


def test_rispy_reads_back_every_source(sources: list[Item]) -> None:
    references = rispy.loads(FORMATS["ris"].write(sources))

    assert len(references) == len(sources)
    for item, reference in zip(sources, references, strict=True):
        assert reference["id"] == item["id"]
        assert reference["title"] == " ".join(item["title"].split())
        assert reference["urls"] == [item["URL"]]
        assert reference.get("authors", []) == signed(item)
        assert reference.get("year", "") == iso_date(item.get("issued"))[:4]


def test_citeproc_cites_every_source(sources: list[Item]) -> None:
    for item, entry in zip(sources, cited(sources), strict=True):
        people = item.get("author", [])
        families = [name.get("family") or name["literal"] for name in people]
        house = item.get("container-title") or item["publisher"]
        year = iso_date(item.get("issued"))[:4]
        for words in (*families, item["title"], house, year, item["URL"], item.get("note", "")):
            assert words in entry


@given(title=printable, author=printable)
def test_bibtex_survives_any_letters(title: str, author: str) -> None:
    item = {"id": "source-1", "type": "webpage", "title": title, "URL": "https://example.org/"}
    item["author"] = [{"literal": author}]

    library = bibtexparser.parse_string(bibtex.write(item))

    assert library.failed_blocks == []
    assert library.entries[0]["title"] == "{" + bibtex.escape(title) + "}"
    assert library.entries[0]["author"] == "{" + bibtex.escape(author) + "}"


@given(title=st.text(min_size=1, max_size=40))
def test_a_title_never_breaks_out_of_its_line_of_ris(title: str) -> None:
    item = {"id": "source-1", "type": "webpage", "title": "A" + title, "URL": "https://example.org/"}

    assert ris.write(item).count("\r\n") == 5
    assert len(rispy.loads(ris.write(item))) == 1
