"""Keeping spam out without third parties, cookies or JavaScript.

A signed token says when the form was served (too fast is a robot, too old is a copy), a field that people
don't see stays empty, the browser's Origin must be this site, and a keyed hash of the sender's network
address limits how much one place can send. The hash's key changes every day.
"""

import datetime as dt
import hashlib
import hmac
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.http import HttpRequest
from django.utils import timezone

from accounts.places import place
from sources.models import Suggestion

SALT = "atlas.suggesting"
LEAST_SECONDS = 3
MOST_SECONDS = 24 * 3600
PER_HOUR_FROM_ONE = 5
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
        signer.unsign(value, max_age=LEAST_SECONDS)
    except signing.SignatureExpired:
        return True
    return False


def same_origin(request: HttpRequest) -> bool:
    """Whether the form was sent from this site's own pages, as the browser says."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        return urlsplit(origin).netloc == request.get_host()
    except ValueError:
        return False


def sender(request: HttpRequest) -> str:
    """A hash of the sender's network address that cannot be turned back and is another one tomorrow."""
    key = f"{settings.SECRET_KEY}{timezone.now().date()}".encode()
    return hmac.new(key, place(request).encode(), hashlib.sha256).hexdigest()


def too_many(sender_hash: str) -> bool:
    """Whether one place, or everybody together, sent more within the hour than people do."""
    recent = Suggestion.objects.filter(sent_at__gte=timezone.now() - dt.timedelta(hours=1))
    return (
        recent.filter(sender=sender_hash).count() >= PER_HOUR_FROM_ONE or recent.count() >= PER_HOUR_FROM_ALL
    )


def forget_senders() -> None:
    """Clear the hashes that no limit needs any more."""
    day_ago = timezone.now() - dt.timedelta(days=1)
    Suggestion.objects.filter(sent_at__lt=day_ago).exclude(sender="").update(sender="")
