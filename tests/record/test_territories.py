"""Seats of partners and publishers are countries."""

import pytest
from django.core.exceptions import ValidationError

from sources.territories import check_country


@pytest.mark.parametrize("code", ["", "KZ", "US", "XK"])
def test_a_countrys_code_passes(code: str) -> None:
    check_country(code)


@pytest.mark.parametrize("code", ["½", "kz", "ZZZ", "1", "QX", "００"])
def test_anything_else_is_told_beside_its_field(code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_country(code)
    assert set(refused.value.message_dict) == {"country"}
