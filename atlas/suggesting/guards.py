"""Keeping spam out without third parties, cookies or JavaScript.

A signed token says when the form was served (too fast is a robot, too old is a copy), a field that people
don't see stays empty, and the browser's Origin must be this site. How much one place sends is counted in the
database, which all workers share, under keyed hashes of the sender's address and network; the key changes
every day.

One address, and beyond that one network, can send only so much. A flood from everywhere shuts nobody out:
what comes while it lasts is taken, but held apart, and the form must have been open a little longer.
"""

import datetime as dt
import hashlib
import hmac
from dataclasses import dataclass
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from accounts.places import neighbourhood, place
from sources.models import Suggestion

SALT = "atlas.suggesting"
LEAST_SECONDS = 3
#: While a flood lasts: nobody reads the form and writes a sentence faster.
LEAST_SECONDS_IN_A_FLOOD = 15
MOST_SECONDS = 24 * 3600
PER_HOUR_FROM_ONE, PER_DAY_FROM_ONE = 5, 20
#: A network's suggestions above the first number are held, above the second refused.
PER_HOUR_FROM_NETWORK, MOST_PER_HOUR_FROM_NETWORK = 20, 60
#: Everybody's suggestions above this are held.
PER_HOUR_FROM_ALL = 200


def token() -> str:
    """A signed moment for a form that is being served."""
    return signing.TimestampSigner(salt=SALT).sign("suggest")


def plausible(value: str) -> bool:
    """Whether a form was served by us, long enough ago to have been read, and not too long ago."""
    signer = signing.TimestampSigner(salt=SALT)
    try:
        signer.unsign(value, max_age=MOST_SECONDS)
    except signing.BadSignature:
        return False
    try:
        signer.unsign(value, max_age=LEAST_SECONDS_IN_A_FLOOD if in_a_flood() else LEAST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


def usable(value: str) -> bool:
    """Whether a form's token is ours and not too old, so that it can be sent again with it."""
    try:
        signing.TimestampSigner(salt=SALT).unsign(value, max_age=MOST_SECONDS)
    except signing.BadSignature:
        return False
    return True


def same_origin(request: HttpRequest) -> bool:
    """Whether the form was sent from this site's own pages, as the browser says."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


@dataclass(frozen=True)
class Sender:
    """Hashes of an address and of its network that cannot be turned back and are others tomorrow."""

    address: str
    network: str


class Verdict(Enum):
    """What happens to what a sender sends now."""

    TAKEN = "taken"
    HELD = "held"
    REFUSED = "refused"


def sender(request: HttpRequest) -> Sender:
    """Who sent a request, as far as limits need to know."""
    return Sender(_hash(place(request)), _hash(neighbourhood(request)))


def judge(who: Sender) -> Verdict:
    """Whether one more suggestion of this sender is taken, held apart, or refused."""
    now = timezone.now()
    day = Suggestion.objects.filter(sender=who.address, sent_at__gte=now - dt.timedelta(days=1))
    hour = now - dt.timedelta(hours=1)
    if day.filter(sent_at__gte=hour).count() >= PER_HOUR_FROM_ONE or day.count() >= PER_DAY_FROM_ONE:
        return Verdict.REFUSED
    from_network = Suggestion.objects.filter(sent_at__gte=hour, network=who.network).count()
    if from_network >= MOST_PER_HOUR_FROM_NETWORK:
        return Verdict.REFUSED
    return Verdict.HELD if from_network >= PER_HOUR_FROM_NETWORK or in_a_flood() else Verdict.TAKEN


def in_a_flood() -> bool:
    """Whether more came within the hour than people send."""
    hour_ago = timezone.now() - dt.timedelta(hours=1)
    return Suggestion.objects.filter(sent_at__gte=hour_ago).count() >= PER_HOUR_FROM_ALL


def sent_already(who: Sender, sentence: str, address: str) -> Suggestion | None:
    """The same suggestion from the same sender within the day: the button was pressed twice."""
    day_ago = timezone.now() - dt.timedelta(days=1)
    same = Suggestion.objects.filter(sender=who.address, sent_at__gte=day_ago)
    return same.filter(sentence=sentence, address=address).first()


def forget_senders() -> None:
    """Clear the hashes that no limit needs any more."""
    day_ago = timezone.now() - dt.timedelta(days=1)
    Suggestion.objects.filter(sent_at__lt=day_ago).exclude(sender="").update(sender="", network="")


def _hash(text: str) -> str:
    key = f"{settings.SECRET_KEY}{timezone.now().date()}".encode()
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
