"""Categories of estimates, as sources write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deposits.categories import category_class, category_group, gkz_codes, is_quoted, normalise_category

RECORD = {
    ("GKZ", "reserves"): [
        "B+C1",
        "C1",
        "C1+C2",
        "C2",
        "approved reserves",
        "reserves",
    ],
    ("JORC", "resources"): [
        "indicated and inferred",
        "indicated",
        "indicated+inferred",
        "inferred",
        "measured and indicated",
        "measured",
        "measured+indicated",
        "measured+indicated+inferred",
        "measured, indicated and inferred",
        "resources",
    ],
    ("JORC", "reserves"): [
        "probable reserves",
        "proved and probable reserves",
        "proved reserves",
        "reserves",
    ],
    ("NI 43-101", "resources"): ["indicated", "inferred", "measured"],
    ("NI 43-101", "reserves"): ["probable reserves", "proven+probable"],
    ("unspecified", "reserves"): [
        "balance reserves",
        "confirmed reserves",
        "estimated reserves",
        "industrial reserves",
        "probable reserves",
        "proved reserves",
        "proven and confirmed reserves",
        "proven and probable reserves",
        "proven reserves",
        "proven",
        "proven+probable",
        "reserves (historical)",
        "reserves",
        "total estimated reserves",
        "total reserves",
    ],
    ("unspecified", "resources"): [
        "indicated",
        "inferred",
        "measured+indicated",
        "measured+indicated+inferred",
        "measured, indicated and inferred",
        "proven resources",
        "resources",
    ],
    ("unspecified", "prognostic"): [
        "P1+P2",
        "forecast resources",
        "predicted",
        "prognostic",
        "projected",
        "undiscovered, 10 % probability of at least",
        "undiscovered, 60 % probability of at least",
        "undiscovered, 70 % probability of at least",
        "undiscovered, median",
    ],
    ("unspecified", ""): [
        "",
        "approved as raw material for alumina",
        "believed total",
        "crystallised over a winter",
        "earlier company estimate",
        "estimated",
        "internal company estimate",
        "left in the ground",
        "off-balance",
        "original resources",
        "other sources, as quoted there",
        "planned extraction, open pit",
        "planned extraction, underground",
        "preliminary",
        "presumed",
        "recoverable by-product",
        "reserves and prognostic",
        "resource potential of the ore field",
        "resources including production",
        "run-of-mine",
        "suitable for alumina",
        "technogenic waste",
    ],
}


@pytest.mark.parametrize(
    ("system", "category", "group"),
    [(system, category, group) for (system, group), categories in RECORD.items() for category in categories],
)
def test_every_category_of_the_record_is_in_its_group(system, category, group):
    assert category_group(system, category) == group


@pytest.mark.parametrize(
    ("system", "category", "group"),
    [
        ("GKZ", "A", "reserves"),
        ("GKZ", "А+В+С1", "reserves"),
        ("GKZ", "A + B + C1 + C2", "reserves"),
        ("GKZ", "Р1", "prognostic"),
        ("GKZ", "P2+P3", "prognostic"),
        ("GKZ", "C2+P1", ""),
        ("GKZ", "запасы категорий С1+С2", "reserves"),
        ("GKZ", "прогнозные ресурсы", "prognostic"),
        ("GKZ", "off-balance C1+C2", ""),
        ("KAZRC", "indicated", "resources"),
        ("UNFC", "E1;F1;G1", ""),
        ("UNFC", "reserves", ""),
    ],
)
def test_a_category_outside_the_record_follows_the_same_rules(system, category, group):
    assert category_group(system, category) == group


def test_codes_of_the_commissions_mean_nothing_in_another_system():
    assert category_group("JORC", "C1") == ""


def test_cyrillic_look_alikes_become_latin_inside_codes_only():
    assert normalise_category("С1 + С2") == "C1+C2"
    assert normalise_category("А+В+С₁") == "A+B+C1"
    assert normalise_category("Р1") == "P1"
    assert normalise_category("В") == "B"
    assert normalise_category("Всего по категориям С1, С2") == "Всего по категориям C1, C2"
    assert normalise_category("В контуре карьера") == "В контуре карьера"


@given(st.text(alphabet="АВСРABCP123+ абв,"))
def test_a_normal_category_stays_as_it_is(text):
    assert normalise_category(normalise_category(text)) == normalise_category(text)


@pytest.mark.parametrize(
    ("category", "codes"),
    [
        ("А+В+С1", ("A", "B", "C1")),
        ("C1 + C2", ("C1", "C2")),
        ("balance reserves, C1 and C2", ("C1", "C2")),
        ("B", ("B",)),
        ("reserves", ()),
        ("A mine", ()),
        ("C3", ()),
        ("", ()),
    ],
)
def test_codes_are_read_from_a_category(category, codes):
    assert gkz_codes(category) == codes


@pytest.mark.parametrize(
    ("system", "one", "other"),
    [
        ("JORC", "measured+indicated+inferred", "measured, indicated and inferred"),
        ("JORC", "measured and indicated", "indicated + measured resources"),
        ("NI 43-101", "proven+probable", "proved and probable reserves"),
        ("unspecified", "proven", "proved reserves"),
        ("GKZ", "С1+С2", "C1 + C2"),
    ],
)
def test_two_wordings_of_a_category_are_one_class(system, one, other):
    assert category_class(system, one) == category_class(system, other)


@pytest.mark.parametrize(
    ("system", "one", "other"),
    [
        ("GKZ", "C1+C2", "C1"),
        ("JORC", "indicated", "indicated+inferred"),
        ("unspecified", "reserves", "reserves (historical)"),
        ("unspecified", "reserves", "proved reserves"),
        ("unspecified", "proven reserves", "proven resources"),
        ("unspecified", "proven reserves", "proven and confirmed reserves"),
        ("unspecified", "undiscovered, median", "undiscovered, 10 % probability of at least"),
    ],
)
def test_categories_that_say_different_things_are_different_classes(system, one, other):
    assert category_class(system, one) != category_class(system, other)


@pytest.mark.parametrize(
    ("category", "language", "quoted"),
    [
        ("inferred", "en", True),
        ("C1+C2", "ru", True),
        ("ресурсы", "ru", True),
        ("resources", "ru", False),
        ("estimated", "ja", False),
        ("reserves", "it", False),
        ("riserve", "it", True),
    ],
)
def test_only_what_a_source_can_have_written_counts_as_its_words(category, language, quoted):
    assert is_quoted(category, language) is quoted
