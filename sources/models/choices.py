"""The words of choices, looked up once: pages name hundreds of bases, units, stages and grades."""

from functools import cache
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import get_language


@cache
def _labels(field: models.Field, language: str | None) -> dict[Any, str]:
    """Labels in the active language, which is named because they depend on it."""
    return {value: str(label) for value, label in field.flatchoices}


class WordedChoices(models.Model):
    """A model whose `get_…_display` methods keep the table of their labels.

    Django's own hashes every label of the field at each call, and to hash a lazy label is to translate it:
    https://github.com/django/django/blob/stable/5.2.x/django/db/models/base.py (`_get_FIELD_display`).
    """

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> str:
        value = getattr(self, field.attname)
        label = _labels(field, get_language()).get(value)
        return force_str(value, strings_only=True) if label is None else label
