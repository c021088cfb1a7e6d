"""Whatever is refused says why: a page to readers, problem details to programs."""

import json

import pytest
from django.conf import settings
from django.test import Client

pytestmark = pytest.mark.django_db

TOO_MANY_PARAMETERS = "&".join(f"p{number}=1" for number in range(settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))


@pytest.fixture
def robust(client: Client) -> Client:
    """A client that is answered as over the wire, whatever happens."""
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize("language", ["en", "ru"])
def test_a_method_that_a_page_does_not_know_is_explained(robust: Client, language: str) -> None:
    response = robust.put(f"/{language}/data/deposits.csv")
    assert response.status_code == 405
    assert "GET" in response["Allow"]
    text = {"en": "This address can be read", "ru": "Этот адрес можно только читать"}[language]
    assert f"<h1>{text}" in response.content.decode()


@pytest.mark.parametrize(
    ("address", "host"), [(f"/en/?{TOO_MANY_PARAMETERS}", "localhost"), ("/en/", "not a host")]
)
def test_what_cannot_be_read_is_explained(robust: Client, address: str, host: str) -> None:
    response = robust.get(address, headers={"Host": host})
    assert response.status_code == 400
    assert b"<h1>The address or what was sent with it cannot be read" in response.content


def test_a_form_from_elsewhere_is_explained() -> None:
    response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "x"})
    assert response.status_code == 403
    assert b"load its page again" in response.content


@pytest.mark.parametrize(
    ("address", "host"),
    [
        (f"/api/v1/deposits?{TOO_MANY_PARAMETERS}", "localhost"),
        ("/api/features/", "not a host"),
    ],
)
def test_the_api_answers_problems_even_to_what_it_cannot_read(
    robust: Client, address: str, host: str
) -> None:
    response = robust.get(address, headers={"Host": host})
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert json.loads(response.content)["status"] == 400


def test_a_failure_of_the_api_is_a_problem_too(robust: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("atlas.api.v1_views._answer", fail)
    response = robust.get("/api/v1/")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
