"""The publication clock: a number that grows by one with every change of anything public."""

import datetime as dt

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User

from .models import Clock, Tick


class UnknownMoment(ValueError):
    """An as-of that the atlas cannot show: unreadable, in the future, or before it began."""

    def __init__(self, message: str, before_the_beginning: bool = False) -> None:
        super().__init__(message)
        self.before_the_beginning = before_the_beginning


def tick(by: User, why: str) -> int:
    """Move the clock on by one and say who and why; returns the new tick's number.

    Call it last among the locks of a transaction: the clock's row stays locked until the commit, so
    ticks become visible in their own order and none is ever missing.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError(
            "The clock moves only inside the change's own transaction."
        )
    clock, _created = Clock.objects.select_for_update().get_or_create(pk=1)
    clock.now += 1
    clock.save(update_fields=["now"])
    Tick.objects.create(number=clock.now, at=timezone.now(), by=by, why=why)
    return clock.now


def newest() -> int:
    """The newest tick's number; 0 before anything was published. One query."""
    return Clock.objects.filter(pk=1).values_list("now", flat=True).first() or 0


def resolve(as_of: str) -> int:
    """The tick that an `?as_of=` names: a tick's number, a date or a moment in ISO 8601 (UTC unless it says).

    A date means its last tick (end of day, UTC). Raises UnknownMoment.
    """
    text = as_of.strip().replace(" ", "+")
    if text.isascii() and text.isdigit() and len(text) < 19:
        number = int(text)
        if number > newest():
            raise UnknownMoment(_("The atlas has not reached that moment yet."))
        if number < 1:
            raise UnknownMoment(_("The atlas begins with tick 1."), before_the_beginning=True)
        return number
    try:
        moment = _moment(text)
    except (ValueError, OverflowError) as error:
        raise UnknownMoment(
            _("“%(as_of)s” is neither a date such as 2026-11-21, nor a moment, nor a tick.")
            % {"as_of": as_of[:40]}
        ) from error
    if (len(text) > 10 and moment > timezone.now()) or moment.date() > timezone.now().date():
        raise UnknownMoment(_("That lies in the future; the atlas can only show what it has said."))
    last = Tick.objects.filter(at__lte=moment).order_by("-number").values_list("number", flat=True).first()
    if last is None:
        raise UnknownMoment(_("The atlas had not begun then."), before_the_beginning=True)
    return last


def _moment(text: str) -> dt.datetime:
    """The instant (UTC) a date or moment names; a date is its last microsecond."""
    if len(text) == 10:
        return dt.datetime.combine(dt.date.fromisoformat(text), dt.time.max, dt.UTC)
    moment = dt.datetime.fromisoformat(text)
    return moment.astimezone(dt.UTC) if moment.tzinfo else moment.replace(tzinfo=dt.UTC)


def first_tick() -> Tick | None:
    """The moment the atlas began to speak."""
    return Tick.objects.order_by("number").first()
