"""Every address that docs/journalists.md gives is asked for, with the record loaded."""

import re
from pathlib import Path

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HOST = "https://atlas.example"
GUIDE = (Path(__file__).resolve().parents[2] / "docs" / "journalists.md").read_text(encoding="utf-8")
IN_TEXT = re.findall(r"`(/[^`\s]+)`", GUIDE)
IN_CODE = [address.removeprefix(HOST) for address in re.findall(r'src="([^"]+)"', GUIDE)]


def test_the_guide_has_examples_of_everything() -> None:
    assert len(IN_TEXT) > 25
    assert len(IN_CODE) == 2


@pytest.mark.parametrize("address", [*IN_TEXT, *IN_CODE])
def test_an_example_works(client: Client, loaded: int, address: str) -> None:
    answer = client.get(address.replace(HOST, "http://testserver"), follow=True)

    assert answer.status_code == 200
    assert answer.content
