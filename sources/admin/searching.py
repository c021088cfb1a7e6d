"""Finding records at the desk by a name in any script or transliteration."""

from functools import lru_cache
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from ..folding import fold
from ..models import Name, Record

M = TypeVar("M", bound=Model)

_fold = lru_cache(maxsize=1 << 14)(fold)


def by_name(records: "QuerySet[M]", term: str, also: tuple[str, ...] = ()) -> "QuerySet[M]":
    """Of a queryset of records, those whose name, or any spelling of it, has every word of the term.

    `also` names further columns in which the term may occur as it was typed.
    """
    typed = Q()
    for word in term.split():
        typed &= Q(name__icontains=word)
    for column in also:
        typed |= Q(**{f"{column}__icontains": term.strip()})
    words = fold(term).split()
    if not words:
        return records.filter(typed)
    spelt = Name.objects.all()
    for word in words:
        spelt = spelt.filter(search_key__contains=word)
    kind = getattr(records.model, "KIND", "")
    named = Record.objects.filter(kind=kind) if kind else Record.objects.all()
    folded = [
        pk for pk, name in named.values_list("pk", "name") if all(word in _fold(name) for word in words)
    ]
    return records.filter(typed | Q(pk__in=spelt.values("record_id")) | Q(pk__in=folded))
