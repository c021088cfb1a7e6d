"""Countries by their ISO 3166-1 codes, as Unicode CLDR names them."""

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def check_country(code: str) -> None:
    """Raise ValidationError on the field `country` unless it is blank or a country's code."""
    if code and not (code.isascii() and code.isalpha() and code in Locale("en").territories):
        raise ValidationError(
            {"country": _("“%(code)s” is no country’s ISO 3166-1 alpha-2 code, such as KZ.") % {"code": code}}
        )
