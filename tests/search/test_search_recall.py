"""The real record by every one of its names."""

import pytest

from atlas.published.keeper import keeper
from atlas.search.names import Names
from atlas.search.records import names_of
from sources.models import Record

pytestmark = pytest.mark.django_db

#: Spellings of one name in two scripts or transliterations; those in the record must find each other.
PAIRS = [
    ("Куйректыколь", "Kuirektykol"),
    ("Куйректыколь", "Kuyrektykol"),
    ("Құйректікөл", "Kuirektykol"),
    ("Күйректікөл", "Куйректыколь"),
    ("Зарафшон", "Zarafshan"),
    ("Зарафшон", "Zarafshon"),
    ("Зеравшан", "Zarafshon"),
    ("Жезқазған", "Zhezkazgan"),
    ("Жезказган", "Jezkazgan"),
    ("Ўзбекистон", "Uzbekistan"),
    ("Oʻzbekiston", "Ўзбекистон"),
    ("Чорух-Дайрон", "Chorukh-Dairon"),
    ("Кумтор", "Kumtor"),
    ("Мурунтау", "Muruntau"),
    ("Ko'kpatas", "Кокпатас"),
    ("Бакырчик", "Bakyrchik"),
    ("Верхнее Кайракты", "Verkhnee Kairakty"),
    ("Нурказган", "Nurkazgan"),
]


@pytest.fixture
def names(loaded: int) -> Names[Record]:
    return names_of(keeper.newest())


def spellings(record: Record) -> set[str]:
    return {record.name, *(name.text for name in record.all_names)}


@pytest.mark.slow
@pytest.mark.once  # it asks the index in memory
def test_every_spelling_of_every_record_finds_it_among_the_first_five(names):
    missed = [
        (record.kind, text)
        for record in keeper.newest().records.values()
        for text in spellings(record)
        if record not in [match.thing for match in names.find(text)[:5]]
    ]
    assert missed == []


@pytest.mark.parametrize(
    "query", ["Куйректыколь", "Kuirektykol", "Kuyrektykol", "Күйректікөл", "Kuirketykol"]
)
def test_kuirektykol_comes_first_in_any_script_and_with_a_slip_of_the_pen(names, query):
    assert names.find(query)[0].thing.key == "kuirektykol"


def test_zarafshon_in_tajik_finds_zarafshan(names):
    found = [match.thing.name for match in names.find("Зарафшон")]
    assert "JV Zarafshon" in found and "Zarafshon gold mines" in found


def test_pairs_of_spellings_find_each_other(names):
    known = {text: record for record in keeper.newest().records.values() for text in spellings(record)}
    asked = [(query, known[text]) for a, b in PAIRS for query, text in ((a, b), (b, a)) if text in known]
    assert len(asked) >= 12
    missed = [
        (query, record.name)
        for query, record in asked
        if record not in [match.thing for match in names.find(query)[:5]]
    ]
    assert missed == []


@pytest.mark.parametrize(
    ("query", "kind", "name"),
    [("олово", "mineral", "tin"), ("Li", "mineral", "lithium"), ("Тажикстан", "country", "Tajikistan")],
)
def test_minerals_and_countries_answer_to_labels_symbols_and_slips(names, query, kind, name):
    first = names.find(query)[0].thing
    assert (first.kind, first.name) == (kind, name)


def test_one_index_serves_a_snapshot(names):
    assert names_of(keeper.newest()) is names
