"""What people type as dates and periods, in six languages."""

import datetime as dt

import pytest
from babel.dates import format_date
from hypothesis import given
from hypothesis import strategies as st

from sources.typed_dates import read_date, read_period

DAYS = st.dates(min_value=dt.date(1800, 1, 1), max_value=dt.date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "date"),
    [
        ("", ""),
        ("2025", "2025"),
        ("2025 г.", "2025"),
        ("2025-04", "2025-04"),
        ("2025-04-02", "2025-04-02"),
        ("02.04.2025", "2025-04-02"),
        ("2.4.2025 г.", "2025-04-02"),
        ("04.2025", "2025-04"),
        ("25/12/2025", "2025-12-25"),
        ("2 апреля 2025", "2025-04-02"),
        ("2 апреля 2025 года", "2025-04-02"),
        ("в апреле 2025 года", "2025-04"),
        ("май 2025", "2025-05"),
        ("мая 2025", "2025-05"),
        ("April 2025", "2025-04"),
        ("April 2nd, 2025", "2025-04-02"),
        ("2 Sept 2025", "2025-09-02"),
        ("2025 жылғы сәуір", "2025-04"),
        ("2025 жылғы 2 сәуір", "2025-04-02"),
        ("2025 жылдың сәуірінде", "2025-04"),
        ("2025-жылдын 2-апрели", "2025-04-02"),
        ("2 апрели соли 2025", "2025-04-02"),
        ("2025-yil 2-aprel", "2025-04-02"),
    ],
)
def test_a_date_is_read_as_exactly_as_it_was_typed(typed: str, date: str) -> None:
    assert read_date(typed) == date


@pytest.mark.parametrize(
    "typed", ["02.04.25", "31.02.2025", "marble 2025", "2 2025", "yesterday", "1750", "2025-H1"]
)
def test_what_is_no_date_is_refused_in_words(typed: str) -> None:
    with pytest.raises(ValueError, match="is no date known here"):
        read_date(typed)


def test_day_and_month_by_slashes_are_never_guessed() -> None:
    with pytest.raises(ValueError, match="2025-04-02 or 2025-02-04"):
        read_date("2/4/2025")


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2025-H1", "2025-H1"),
        ("H1 2025", "2025-H1"),
        ("первое полугодие 2025 года", "2025-H1"),
        ("II квартал 2021 г.", "2021-Q2"),
        ("third quarter of 2021", "2021-Q3"),
        ("2022-2023", "2022–2023"),
        ("январь 2018 – сентябрь 2018", "2018-01–2018-09"),
        ("в год", "per year"),
        ("жылына", "per year"),
        ("2025 жылғы сәуір", "2025-04"),
    ],
)
def test_a_period_is_read_in_its_plain_form(typed: str, period: str) -> None:
    assert read_period(typed) == period


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        read_period("2023–2022")


@given(DAYS, st.sampled_from(["en_GB", "ru", "kk", "ky", "tg", "uz"]))
def test_a_day_written_out_by_cldr_is_read_back(day: dt.date, language: str) -> None:
    assert read_date(format_date(day, "long", locale=language)) == day.isoformat()


@given(DAYS)
def test_a_day_with_dots_is_read_day_first(day: dt.date) -> None:
    assert read_date(f"{day.day:02}.{day.month:02}.{day.year}") == day.isoformat()


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    for read in (read_date, read_period):
        try:
            read(text)
        except ValueError as refusal:
            assert str(refusal)
