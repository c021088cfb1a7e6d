"""UNFC codes as sources write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deposits.unfc import CATEGORIES, UnfcClass, UnfcCode, parse_unfc

SETS_OF_G = ["G1", "G2", "G3", "G1+G2", "G2+G3", "G1+G2+G3", "G1+G3"]
SETS_OF_G4 = ["G4", "G4.1", "G4.2", "G4.3", "G4.1+G4.2", "G4.1+G4.2+G4.3"]
CODES = st.builds(
    lambda e, f, g: f"{e};{f};{g}",
    st.sampled_from(sorted(category for category in CATEGORIES if category[0] == "E")),
    st.sampled_from(sorted(category for category in CATEGORIES if category[0] == "F")),
    st.sampled_from(SETS_OF_G + SETS_OF_G4),
)


def messages(code):
    return " ".join(str(warning) for warning in code.warnings)


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("E1;F1.2;G1", "E1;F1.2;G1"),
        ("E1.1;F1.2;G1+2", "E1.1;F1.2;G1+G2"),
        ("e2; f2.1; g1+g2+g3", "E2;F2.1;G1+G2+G3"),
        ("111", "E1;F1;G1"),
        ("222", "E2;F2;G2"),
        ("334", "E3;F3;G4"),
        ("1.1;1.2;1", "E1.1;F1.2;G1"),
        ("E3;F3;G4.1+G4.2", "E3;F3;G4.1+G4.2"),
        ("E1, F1.3, G1 + G2", "E1;F1.3;G1+G2"),
        ("E1 F1 G1", "E1;F1;G1"),
        (" E1 ; F1 ; G1 ", "E1;F1;G1"),
    ],
)
def test_a_code_is_read_into_its_normal_form_without_a_warning(text, normal):
    code = parse_unfc(text)
    assert str(code) == normal
    assert code.warnings == ()


def test_the_parts_of_a_code_are_known_by_axis():
    assert parse_unfc("E1.1;F1.2;G1+G2") == UnfcCode(("E1.1",), ("F1.2",), ("G1", "G2"))


def test_a_gap_in_the_confidence_chain_is_warned_of():
    code = parse_unfc("E3;F2;G1+G3")
    assert str(code) == "E3;F2;G1+G3"
    assert "G2" in messages(code)


@pytest.mark.parametrize("text", ["E1;F3;G4", "E2;F1;G1", "E3;F1;G2", "E1;F2;G1"])
def test_a_combination_without_a_class_is_allowed_with_a_warning(text):
    code = parse_unfc(text)
    assert code.category_class is UnfcClass.OTHER
    assert "no named class" in messages(code)


@pytest.mark.parametrize("text", ["333", "332", "331"])
def test_the_digits_of_the_older_unfc_are_warned_of(text):
    assert "1997" in messages(parse_unfc(text))


def test_the_same_categories_in_letters_are_not_taken_for_the_older_unfc():
    assert "1997" not in messages(parse_unfc("E3;F3;G3"))


@pytest.mark.parametrize(
    ("text", "bad_part"),
    [
        ("E4;F1;G1", "E4"),
        ("E1;F5;G1", "F5"),
        ("E2.1;F2;G1", "E2.1"),
        ("E1.3;F1;G1", "E1.3"),
        ("E1;F1;G5", "G5"),
        ("E1;F1;G1.1", "G1.1"),
        ("411", "E4"),
        ("115", "G5"),
        ("E1;F1;G1+", "G"),
        ("E1;;G1", "F"),
    ],
)
def test_a_category_that_unfc_does_not_have_is_refused(text, bad_part):
    with pytest.raises(ValueError, match=f"“{bad_part}”: there is no such UNFC category"):
        parse_unfc(text)


def test_axes_in_the_wrong_order_are_refused():
    with pytest.raises(ValueError, match="“F1” stands where a category of the axis E belongs"):
        parse_unfc("F1;E1;G1")


@pytest.mark.parametrize("text", ["E1;F1", "E1;G1", "11", "G5", "1111", "E1;F1;G1;G2"])
def test_a_missing_or_surplus_axis_is_refused(text):
    with pytest.raises(ValueError, match="does not name one category each"):
        parse_unfc(text)


@pytest.mark.parametrize(
    ("text", "bad_part"),
    [
        ("E1;F1;G3+G1", "G3+G1"),
        ("E1;F1;G1+G1", "G1+G1"),
        ("E1;F1;G1+G4", "G1+G4"),
        ("E3;F3;G4.1+G4.3", "G4.1+G4.3"),
        ("E3;F3;G4+G4.1", "G4+G4.1"),
    ],
)
def test_a_confidence_set_that_cannot_be_added_up_is_refused(text, bad_part):
    with pytest.raises(ValueError) as refusal:
        parse_unfc(text)
    assert f"“{bad_part}”" in str(refusal.value)


@pytest.mark.parametrize(("text", "bad_part"), [("E1+E2;F1;G1", "E1+E2"), ("E1;F1+F2;G1", "F1+F2")])
def test_adding_across_e_or_f_is_refused(text, bad_part):
    with pytest.raises(ValueError) as refusal:
        parse_unfc(text)
    assert f"“{bad_part}”" in str(refusal.value)


@pytest.mark.parametrize("text", ["C1", "measured", "A+B", "", "proved reserves"])
def test_a_category_of_another_system_is_refused(text):
    with pytest.raises(ValueError, match="is not a UNFC code"):
        parse_unfc(text)


@pytest.mark.parametrize(
    ("text", "unfc_class"),
    [
        ("E1;F1;G1", UnfcClass.VIABLE),
        ("E1.2;F1.3;G1+G2+G3", UnfcClass.VIABLE),
        ("E2;F2.1;G1", UnfcClass.POTENTIALLY_VIABLE),
        ("E3.2;F2.2;G2", UnfcClass.NON_VIABLE),
        ("E3.3;F2.3;G1+G2", UnfcClass.NON_VIABLE),
        ("E3.2;F3.1;G4", UnfcClass.PROSPECTIVE),
        ("E3;F3;G4.1+G4.2", UnfcClass.PROSPECTIVE),
        ("E3.3;F4;G1", UnfcClass.REMAINING),
        ("E3.3;F4.2;G4", UnfcClass.REMAINING),
        ("E3.1;F1;G1", UnfcClass.UNUSED),
        ("E3.1;F2;G1", UnfcClass.UNUSED),
        ("E1;F1;G4", UnfcClass.OTHER),
    ],
)
def test_a_code_has_the_class_of_its_main_categories(text, unfc_class):
    assert parse_unfc(text).category_class is unfc_class


@given(CODES)
def test_the_normal_form_reads_back_as_the_same_code(text):
    code = parse_unfc(text)
    assert str(code) == text
    assert parse_unfc(str(code).lower().replace(";", " , ")) == code


@given(st.text(alphabet="EFGefg1234.+;, "))
def test_what_is_read_at_all_is_a_code_of_known_categories(text):
    try:
        code = parse_unfc(text)
    except ValueError:
        return
    assert {*code.e, *code.f, *code.g} <= CATEGORIES
    assert parse_unfc(str(code)) == code
