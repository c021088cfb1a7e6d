"""The tests' own footing: the record is there for tests that ask for it, and for no other."""

import urllib.request

import pytest

from deposits.models import Deposit
from sources.models import Claim
from tests import factories

pytestmark = pytest.mark.django_db


def test_the_loaded_record_is_there(loaded: int) -> None:
    assert loaded == 1
    assert Deposit.objects.filter(key="kuirektykol").exists()


def test_other_tests_begin_with_nothing() -> None:
    assert not Deposit.objects.exists()


@pytest.mark.parametrize("round_", [1, 2])
def test_what_a_test_changes_in_the_loaded_record_is_rolled_back(loaded: int, round_: int) -> None:
    claim = factories.published(factories.FindingFactory())
    assert claim.published_tick == loaded + 1
    assert Claim.objects.filter(published_tick__gt=loaded).count() == 1


@pytest.mark.parametrize("factory", factories.CLAIM_FACTORIES, ids=lambda factory: factory._meta.model.KIND)
def test_every_kind_of_claim_can_be_drafted_and_published(factory: type[factories.ClaimFactory]) -> None:
    assert factories.published(factory()).status == "published"


def test_the_served_atlas_answers(atlas_server: str) -> None:
    with urllib.request.urlopen(f"{atlas_server}/admin/login/") as answer:
        assert answer.status == 200
