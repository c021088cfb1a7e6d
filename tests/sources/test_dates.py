"""Partial dates and production periods."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.dates import (
    can_overlap,
    earliest,
    latest,
    parse_partial_date,
    parse_period,
    precision,
    show_partial_date,
    within_a_year,
)

DAYS = st.dates(datetime.date(1800, 1, 1), datetime.date(2100, 12, 31))
PARTIAL_DATES = st.builds(lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10]))
LANGUAGES = ["en", "ru", "kk", "ky", "tg", "tk", "uz"]


@pytest.mark.parametrize("text", ["2025", "2025-04", "2025-04-02", "2024-02-29", ""])
def test_a_partial_date_is_its_own_normal_form(text):
    assert parse_partial_date(text) == text


def test_blanks_around_a_date_are_dropped():
    assert parse_partial_date(" 2025-04 ") == "2025-04"


@pytest.mark.parametrize(
    "text",
    [
        "2025-4",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-04-31",
        "25",
        "April 2025",
        "2025-",
        "1799",
        "2101",
        "2025–2026",
        "٢٠٢٥",
        "2025-04-02T10:00",
    ],
)
def test_what_is_not_a_date_of_the_calendar_is_refused_by_name(text):
    with pytest.raises(ValueError) as refusal:
        parse_partial_date(text)
    assert text in str(refusal.value)


def test_a_partial_date_spans_all_the_days_it_may_mean():
    assert (earliest("2025"), latest("2025")) == (datetime.date(2025, 1, 1), datetime.date(2025, 12, 31))
    assert (earliest("2024-02"), latest("2024-02")) == (datetime.date(2024, 2, 1), datetime.date(2024, 2, 29))
    assert earliest("2025-04-02") == latest("2025-04-02") == datetime.date(2025, 4, 2)


@given(PARTIAL_DATES)
def test_the_days_of_a_date_carry_the_date_as_their_beginning(date):
    assert earliest(date) <= latest(date)
    assert earliest(date).isoformat().startswith(date)
    assert latest(date).isoformat().startswith(date)
    assert not (latest(date) + datetime.timedelta(days=1)).isoformat().startswith(date)


@pytest.mark.parametrize("ask", [earliest, latest, precision])
def test_an_unknown_date_has_no_place_in_time(ask):
    with pytest.raises(ValueError, match="unknown date"):
        ask("")


def test_precision_is_that_of_the_source():
    assert [precision(date) for date in ("2025", "2025-04", "2025-04-02")] == ["year", "month", "day"]


@pytest.mark.parametrize(
    ("date", "language", "shown"),
    [
        ("2025-04-02", "en", "2 April 2025"),
        ("2025-04", "en", "April 2025"),
        ("2025", "en", "2025"),
        ("2025-04-02", "ru", "2 апреля 2025\u202fг."),
        ("2025-04", "ru", "апрель 2025\u202fг."),
        ("2025", "ru", "2025\u202fг."),
        ("2025-04", "kk", "2025\u202fж. сәуір"),
        ("2025-04", "ky", "2025-ж., апрель"),
        ("2025-04", "tg", "Апрел 2025"),
        ("2025-04", "tk", "aprel 2025"),
        ("2025-04", "uz", "aprel, 2025"),
    ],
)
def test_a_date_is_shown_in_the_readers_language_as_exactly_as_it_is_known(date, language, shown):
    assert show_partial_date(date, language) == shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unknown_date_shows_nothing(language):
    assert show_partial_date("", language) == ""


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("2024", "2025", True),
        ("2024", "2026", False),
        ("2024", "2026-01", False),
        ("2024-02-29", "2025-02-28", True),
        ("2024-02-29", "2025-03-01", False),
        ("2024-01-01", "2025-01-01", True),
        ("2024-01-01", "2025-01-02", False),
        ("2024", "2024-06-05", True),
        ("1969", "2025", False),
        ("", "1969", True),
        ("", "", True),
    ],
)
def test_dates_are_within_a_year_when_their_nearest_ends_are(a, b, expected):
    assert within_a_year(a, b) is within_a_year(b, a) is expected


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2024", ("2024", "2024")),
        ("2024-05", ("2024-05", "2024-05")),
        ("2022–2023", ("2022", "2023")),
        ("1941–2009", ("1941", "2009")),
        ("2018-01–2018-09", ("2018-01", "2018-09")),
        ("2021-05–2024-12", ("2021-05", "2024-12")),
        ("1997–2022-06", ("1997", "2022-06")),
        ("2018–2043", ("2018", "2043")),
        ("2011-H1", ("2011-01", "2011-06")),
        ("2014-H2", ("2014-07", "2014-12")),
        ("2021-Q3", ("2021-07", "2021-09")),
        ("2020-H2–2021-Q1", ("2020-07", "2021-03")),
        ("2021–2021-06", ("2021", "2021-06")),
    ],
)
def test_a_production_period_has_a_first_and_a_last_date(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize("text", ["per year", "per month", "per day", "", None])
def test_a_rate_is_no_period(text):
    assert parse_period(text) is None


@pytest.mark.parametrize(
    "text", ["2023–2022", "2023-06–2023-05", "2021-Q5", "2021-H3", "–2022", "2021–", "a year", "2021-2022"]
)
def test_nonsense_is_no_period(text):
    with pytest.raises(ValueError):
        parse_period(text)


@given(st.text())
def test_a_period_is_read_or_refused_never_misread(text):
    try:
        period = parse_period(text)
    except ValueError:
        return
    assert period is None or earliest(period[0]) <= latest(period[1])


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        (("2007", "2011", "2014", ""), False),
        (("2007", "2014", "2014-05", ""), True),
        (("2007", "2014-04", "2014-05", ""), False),
        (("", "", "2014", "2015"), True),
        (("2007", "", "2014", "2015"), True),
    ],
)
def test_spans_overlap_when_they_can_share_a_day(spans, expected):
    since, until, other_since, other_until = spans
    assert can_overlap(since, until, other_since, other_until) is expected
    assert can_overlap(other_since, other_until, since, until) is expected
