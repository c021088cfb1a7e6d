"""The second factor: a code from an authenticator app (TOTP, RFC 6238), or a recovery code used once.

Wrong codes are counted in the database by django-otp, which makes each next one wait twice as long.
"""

import math
from base64 import b32encode
from collections.abc import Iterable
from dataclasses import dataclass

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp import DEVICE_ID_SESSION_KEY, verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from .models import User

RECOVERY_CODES = 10


class CodeRefused(ValueError):
    """A code that is wrong, used up, or comes too soon after wrong ones; says which, in the desk's words."""


@dataclass(frozen=True)
class Enrolment:
    """What an authenticator app needs to know."""

    #: The secret in Base32, in groups of four.
    secret: str
    #: An inline SVG of the secret's QR code.
    qr_code: str


def must_have(user: User) -> bool:
    """Whether the account works with nothing but a second factor: editors, administrators, superusers.

    Demonstration accounts do without while the demonstration runs: they work from this machine alone.
    """
    if user.is_demonstration and settings.DEMONSTRATION:
        return False
    return user.has_perm("sources.publish_claim") or user.has_perm("accounts.change_user")


def device_of(user: User) -> TOTPDevice | None:
    """The authenticator app that the account is set up with."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def recovery_codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user, device__confirmed=True).count()


def enrolment(user: User) -> Enrolment:
    """The secret offered to this account; the same one until it is confirmed."""
    device = _offered(user)
    secret = b32encode(device.bin_key).decode().rstrip("=")
    code = segno.make_qr(device.config_url, error="m")
    drawn = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Enrolment(" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)), drawn)


def confirm(user: User, code: str) -> tuple[Device, list[str]]:
    """Set the offered app up, in place of an earlier one; the device and new recovery codes.

    Raises CodeRefused.
    """
    device = _verified(user, _offered(user), code)  # outside the transaction: a wrong code stays counted
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).exclude(pk=device.pk).delete()
        device.confirmed = True
        device.save(update_fields=["confirmed"])
        return device, new_recovery_codes(user)


def new_recovery_codes(user: User) -> list[str]:
    """Ten codes that work once each; those there were no longer work."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery")
        # 40 random bits each, in letters and digits that are not taken for one another.
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def check(user: User, code: str) -> Device:
    """The device whose code it is: six digits are the app's, anything else a recovery code.

    Raises CodeRefused.
    """
    code = "".join(code.split()).lower()
    digits = code.isascii() and code.isdigit() and len(code) == 6
    devices: Iterable[Device] = (TOTPDevice if digits else StaticDevice).objects.filter(
        user=user, confirmed=True
    )
    for device in devices:
        return _verified(user, device, code)
    raise CodeRefused(_("That code is wrong."))


def remember(request: HttpRequest, device: Device) -> None:
    """Let this session count as verified, under a new key."""
    request.session.cycle_key()
    request.session[DEVICE_ID_SESSION_KEY] = device.persistent_id


def reset(user: User) -> bool:
    """Forget the account's app and recovery codes, and what its open sessions proved by them.

    Whether there was anything to forget.
    """
    with transaction.atomic():
        apps, _rows = TOTPDevice.objects.filter(user=user).delete()
        codes, _rows = StaticDevice.objects.filter(user=user).delete()
    return bool(apps or codes)


def _offered(user: User) -> TOTPDevice:
    """The app that is about to be set up."""
    device = TOTPDevice.objects.filter(user=user, confirmed=False).order_by("pk").first()
    return device or TOTPDevice.objects.create(user=user, name="app", confirmed=False)


def _verified(user: User, device: Device, code: str) -> Device:
    allowed, why = device.verify_is_allowed()
    if not allowed:
        wait = max(1, math.ceil((why["locked_until"] - timezone.now()).total_seconds()))
        text = ngettext(
            "Too many wrong codes. Try again in %(count)d second.",
            "Too many wrong codes. Try again in %(count)d seconds.",
            wait,
        )
        raise CodeRefused(text % {"count": wait})
    verified = verify_token(user, device.persistent_id, "".join(code.split()))
    if verified is None:
        raise CodeRefused(
            _("That code is wrong, or was used already. The app shows a new one every 30 seconds.")
        )
    return verified
