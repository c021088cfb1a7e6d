"""Reads of the reference sites; each says as of which tick."""

from django.db.models import Max, Min, Q, QuerySet

from .models import ReferenceImport, ReferencePoint


def edition(tick: int) -> int:
    """The tick that published the edition of the reference register in force at a tick; 0 if none was."""
    published = ReferenceImport.objects.filter(tick__lte=tick).order_by("-tick_id")
    return published.values_list("tick", flat=True).first() or 0


def published_edition(tick: int) -> bool:
    """Whether that very tick published an edition; any number may be asked for."""
    return ReferenceImport.objects.filter(tick__number=tick).exists()


def published_digest(edition: int) -> str:
    """The SHA-256 of the table that a tick published: the whole edition comes from that one file."""
    return ReferenceImport.objects.values_list("digest", flat=True).get(tick__number=edition)


def reference_sites(tick: int) -> QuerySet[ReferencePoint]:
    """The reference sites as they stood at a tick."""
    return ReferencePoint.objects.filter(
        Q(withdrawn_in=None) | Q(withdrawn_in__tick__gt=tick), published_in__tick__lte=tick
    )


def reference_extent(tick: int) -> list[float] | None:
    """West, south, east and north of the reference sites at a tick; None without any."""
    found = reference_sites(tick).aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    )
    return None if found["west"] is None else list(found.values())
