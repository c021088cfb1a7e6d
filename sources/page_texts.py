"""What the people who answer for the site say on its own pages: read as of a tick, written as a tick."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_noop

from accounts.models import User

from .clock import tick
from .models import Clock, PageText
from .queries import in_force

#: The permission that it takes: those who answer for the site, not every editor.
PERMISSION = "sources.change_pagetext"


def text_of(page: str, language: str, at: int) -> PageText | None:
    """What stood on a page at the tick in that language, else in English; None if nobody wrote anything."""
    rows = in_force(PageText.objects.filter(page=page, language__in=(language, "en")), at)
    found = {row.language: row for row in rows if row.text}
    return found.get(language) or found.get("en")


def write(page: str, language: str, text: str, by: User) -> int:
    """Replace the text of a page; blank takes it away. Returns the tick, 0 if nothing changed."""
    if not by.is_active or not by.has_perm(PERMISSION):
        raise PermissionDenied(PERMISSION)
    text = text.replace("\r\n", "\n").strip()
    with transaction.atomic():
        list(Clock.objects.select_for_update().filter(pk=1))  # one at a time: there may be no row to lock yet
        standing = PageText.objects.filter(page=page, language=language, until_tick__isnull=True).first()
        if text == (standing.text if standing else ""):
            return 0
        number = tick(by, gettext_noop("page text changed"))
        if standing:
            standing.until_tick = number
            standing.save(update_fields=["until_tick"])
        PageText.objects.create(page=page, language=language, text=text, by=by, from_tick=number)
    return number
