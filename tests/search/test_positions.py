"""Reading positions as people write them."""

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from atlas.search.positions import OutOfRange, Position, read_position

latitudes = st.decimals(-90, 90, places=4)
longitudes = st.decimals(-180, 180, places=4)


@pytest.mark.parametrize(
    "text",
    [
        "40.5, 65.25",
        "40.5 65.25",
        "40.5,65.25",
        "40,5; 65,25",
        "40,5 65,25",
        " 40.5°, 65.25° ",
        "40.5°N 65.25°E",
        "40.5 N, 65.25 E",
        "N40.5 E65.25",
        "65.25E 40.5N",
        "40°30′N 65°15′E",
        "40°30' N, 65°15' E",
        "40º30’00”N 65º15’00”E",
        "40 30 N 65 15 E",
        "N 40 30 00 E 65 15 00",
        "40°30′ 65°15′",
        "40°30′ с. ш. 65°15′ в. д.",
        "40,5° с.ш., 65,25° в.д.",
        "40°30′00″С 65°15′00″В",
    ],
)
def test_a_position_is_read_in_every_usual_notation(text):
    assert read_position(text) == Position(40.5, 65.25)


@pytest.mark.parametrize(
    ("text", "position"),
    [
        ("-40.5, −65.25", Position(-40.5, -65.25)),
        ("40°30′S 65°15′W", Position(-40.5, -65.25)),
        ("40,5° ю. ш., 65,25° з. д.", Position(-40.5, -65.25)),
        ("40°06′36″N 65°22′30″E", Position(40.11, 65.375)),
        ("40, 65", Position(40, 65)),
    ],
)
def test_signs_letters_minutes_and_seconds_count(text, position):
    read = read_position(text)
    assert (read.latitude, read.longitude) == pytest.approx((position.latitude, position.longitude))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Навои",
        "40.1",
        "1 2 3",
        "40 06 65 22",
        "40.5N 65.25",
        "40N 65N",
        "40°61′N 65°E",
        "40°30.5′20″N 65°E",
        "-40.5S 65E",
        "1941, Ural 2",
        "4" * 10_000,
    ],
)
def test_what_is_no_position_is_none(text):
    assert read_position(text) is None


@pytest.mark.parametrize("text", ["91, 20", "40.5, 181", "95°N 20°E", "65.25, 190"])
def test_numbers_beyond_the_poles_and_the_date_line_are_named_as_such(text):
    with pytest.raises(OutOfRange):
        read_position(text)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), 90.01])
def test_a_position_is_on_earth(number):
    with pytest.raises(OutOfRange):
        Position(number, 0)


@given(latitudes, longitudes, st.sampled_from([", ", " ", "; ", ","]))
def test_decimal_pairs_come_back_as_they_were(latitude, longitude, between):
    assert read_position(f"{latitude}{between}{longitude}") == Position(float(latitude), float(longitude))


@given(latitudes, longitudes, st.sampled_from(["en", "ru"]))
def test_what_pages_write_is_read_back(latitude, longitude, language):
    position = Position(float(latitude), float(longitude))
    with translation.override(language):
        assert read_position(str(position)) == position


@given(
    st.tuples(st.integers(0, 89), st.integers(0, 59), st.integers(0, 59), st.sampled_from("NS")),
    st.tuples(st.integers(0, 179), st.integers(0, 59), st.integers(0, 59), st.sampled_from("EW")),
    st.sampled_from(["{}°{}′{}″{}", "{} {} {} {}", "{3}{0}°{1}'{2}\"", "{3} {0} {1} {2}"]),
    st.booleans(),
)
def test_degrees_minutes_and_seconds_are_read_to_the_second(north, east, notation, longitude_first):
    def degrees(angle):
        size = angle[0] + angle[1] / 60 + angle[2] / 3600
        return -size if angle[3] in "SW" else size

    angles = (east, north) if longitude_first else (north, east)
    read = read_position(" ".join(notation.format(*angle) for angle in angles))
    assert (read.latitude, read.longitude) == pytest.approx((degrees(north), degrees(east)))


@given(st.text(max_size=120) | st.text(alphabet="0123456789.,;°′″'\"NSEWСЮВЗшд -−", max_size=110))
def test_no_text_raises_anything_but_out_of_range(text):
    try:
        read_position(text)
    except OutOfRange:
        assume(False)
