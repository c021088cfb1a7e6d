import pytest

from sources.identity import find_doi, find_isbn, normal_address


@pytest.mark.parametrize(
    "address",
    [
        "https://www.example.kz/news/1/",
        "http://example.kz/news/1",
        "HTTPS://EXAMPLE.KZ:443/news/1?utm_source=telegram#top",
        "https://m.example.kz/news/1/?fbclid=abc",
    ],
)
def test_links_to_one_page_have_one_normal_address(address: str) -> None:
    assert normal_address(address) == "example.kz/news/1"


def test_what_chooses_the_page_stays_in_the_address() -> None:
    assert normal_address("https://example.kz/?p=165411&utm_medium=x") == "example.kz?p=165411"
    assert normal_address("https://example.kz/?b=2&a=1") == normal_address("https://example.kz/?a=1&b=2")
    assert normal_address("https://example.kz:8080/a") != normal_address("https://example.kz/a")


def test_a_doi_is_found_in_an_address_and_in_a_line() -> None:
    assert find_doi("https://doi.org/10.1016/J.OREGEOREV.2020.103648") == "10.1016/j.oregeorev.2020.103648"
    assert find_doi("see doi:10.3133/ofr99556.") == "10.3133/ofr99556"
    assert find_doi("10 of 12 metals") == ""


def test_an_isbn_counts_only_with_its_check_digit() -> None:
    assert find_isbn("ISBN 978-92-1-159617-5") == "9789211596175"
    assert find_isbn("ISBN 978-92-1-159617-6") == ""
    assert find_isbn("0-306-40615-2") == "9780306406157"
    assert find_isbn("reserves of 1234567890 t") == ""
