import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.citing.authors import AND_OTHERS, initials, names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Clare Nuttall", [{"family": "Nuttall", "given": "Clare"}]),
        ("Тамара Вааль", [{"family": "Вааль", "given": "Тамара"}]),
        ("Smith, John B.", [{"family": "Smith", "given": "John B."}]),
        (
            "Freiman G.G., Urazaeva S.B.",
            [{"family": "Freiman", "given": "G.G."}, {"family": "Urazaeva", "given": "S.B."}],
        ),
        (
            "Olzhas Auyezov and Eric Onstad",
            [{"family": "Auyezov", "given": "Olzhas"}, {"family": "Onstad", "given": "Eric"}],
        ),
        ("CADGAT; Indra Øverland", [{"literal": "CADGAT"}, {"family": "Øverland", "given": "Indra"}]),
        ("Peter van der Veen", [{"family": "van der Veen", "given": "Peter"}]),
    ],
)
def test_an_author_line_falls_apart_into_its_names(line: str, expected: list[dict[str, str]]) -> None:
    assert names(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "Eurasianet",
        "European Commission",
        "Ministry of Industry and New Technologies",
        "Министерство энергетики",
    ],
)
def test_an_organisation_is_one_name_whole(line: str) -> None:
    assert names(line) == [{"literal": line}]


@pytest.mark.parametrize("line", ["D. Berger and others", "D. Berger et al.", "D. Berger, et al."])
def test_a_list_that_the_publication_cuts_short_says_so(line: str) -> None:
    assert names(line) == [{"family": "Berger", "given": "D."}, AND_OTHERS]


def test_no_author_is_no_name() -> None:
    assert names("  ") == []


@pytest.mark.parametrize(
    ("given_names", "letters"),
    [("Jean-Paul Maria", "J.-P. M."), ("G.G.", "G. G."), ("Тамара", "Т."), ("Karine M.", "K. M.")],
)
def test_given_names_shorten_to_initials_in_their_own_script(given_names: str, letters: str) -> None:
    assert initials(given_names) == letters


@given(st.text(max_size=80))
def test_any_line_yields_names_that_are_persons_or_organisations(line: str) -> None:
    assert all(name.keys() in ({"family", "given"}, {"literal"}) for name in names(line))
