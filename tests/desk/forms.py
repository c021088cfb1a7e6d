"""Filling in the desk's forms as a browser would: all that the page holds, plus what a person types."""

from typing import Any

from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts.second_factor import must_have


def address(thing: Any, page: str = "change", *more: Any) -> str:
    """A page of a record or claim (or, for a class, of its kind) at the desk."""
    model = thing if isinstance(thing, type) else type(thing)
    own = () if isinstance(thing, type) else (thing.pk,)
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=(*own, *more))


def signed_in(person: Any) -> Client:
    """A browser in which the person has signed in, with the second factor if their account owes one."""
    client = Client()
    client.force_login(person)
    if must_have(person):
        device, _made = TOTPDevice.objects.get_or_create(user=person, defaults={"name": "app"})
        session = client.session
        session[DEVICE_ID_SESSION_KEY] = device.persistent_id
        session.save()
    return client


def filled(response: Any) -> dict[str, Any]:
    """What the browser would send if the page were submitted untouched."""
    data: dict[str, Any] = {"opened": response.context["opened"]} if "opened" in response.context else {}
    for bound in response.context["adminform"].form:
        _put(data, bound)
    for inline in response.context["inline_admin_formsets"]:
        for form in (inline.formset.management_form, *inline.formset.initial_forms):
            for bound in form:
                _put(data, bound)
    return data


def adding(data: dict[str, Any], prefix: str, **values: Any) -> dict[str, Any]:
    """The same with one more form in an inline."""
    number = int(data[f"{prefix}-TOTAL_FORMS"])
    added = {f"{prefix}-{number}-{name}": value for name, value in values.items()}
    return {**data, **added, f"{prefix}-TOTAL_FORMS": number + 1}


def step(claim: Any, name: str) -> str:
    """The address that one of a claim's buttons posts to."""
    return address(claim, "step", name)


def messages_of(response: Any) -> str:
    """What the page says to the person, in one string."""
    return " ".join(str(message) for message in response.context["messages"])


def registered_models() -> set[str]:
    """Every kind of row that has pages at the desk, by its label."""
    return {model._meta.label_lower for model in admin.site._registry}


def _put(data: dict[str, Any], bound: Any) -> None:
    value = bound.value()
    if value is None or value is False:
        return
    if isinstance(value, list | tuple):
        data[bound.html_name] = [getattr(item, "pk", item) for item in value]
    else:
        data[bound.html_name] = "on" if value is True else value
