"""What every page of the desk has: its way about, its numbers, its look; and autocompletion."""

import datetime as dt
from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .. import page_texts
from ..models import Claim, Record, Suggestion, SuppressionRequest
from ..models.suggestions import ANSWERED_WITHIN_DAYS
from ..suppression import PERMISSION
from .people import is_editor

Context = dict[str, Any]

#: Records in the order in which they are worked on.
ORDER = ("deposit", "project", "partner", "source", "publisher", "mineral", "country", "region")


class _Autocompletion(AutocompleteJsonView):
    """Suggestions that tell namesakes apart, where a record's admin says how."""

    def get_queryset(self) -> QuerySet[Any]:
        """With the names that labels are made of."""
        found = super().get_queryset()
        if not issubclass(found.model, Record):
            return found
        has_country = any(field.name == "country" and field.is_relation for field in found.model._meta.fields)
        return found.prefetch_related("names", *(["country__names"] if has_country else []))

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        label = getattr(self.model_admin, "label_in_lists", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


def autocomplete(request: HttpRequest) -> HttpResponse:
    """Django's autocompletion with our labels; permissions are those of the admin that searches."""
    return cast(HttpResponse, _Autocompletion.as_view(admin_site=admin.site)(request))


def desk_context(context: Context, request: HttpRequest) -> Context:
    """The theme's context with the desk's style, script, numbers and navigation."""
    context["styles"] = [
        *(context.get("styles") or []),
        static("admin/desk.css"),
        static("admin/entering.css"),
        static("admin/signing-in.css"),
    ]
    context["scripts"] = [*(context.get("scripts") or []), static("admin/landmarks.js")]
    context["sidebar_show_all_applications"] = False
    if context.get("has_permission"):
        context["desk"] = _numbers(request)
        context["sidebar_navigation"] = _navigation(context["available_apps"], context["desk"], request)
    return context


def queue_address(**filters: Any) -> str:
    """The list of claims, filtered."""
    query = "&".join(f"{name}={value}" for name, value in filters.items())
    return reverse("admin:sources_claim_changelist") + ("?" + query if query else "")


def _numbers(request: HttpRequest) -> Context:
    """How many claims wait for this person, and where they are listed; one query."""
    me = request.user.pk
    mine = Q(author=me)
    may_suppress = request.user.has_perm(PERMISSION)
    counts = Claim.objects.filter(status__in=["draft", "submitted", "rejected"]).aggregate(
        waiting=Count("pk", filter=Q(status="submitted")),
        drafts=Count("pk", filter=mine & Q(status="draft") & Q(decided_because="")),
        returned=Count("pk", filter=mine & Q(status="draft") & ~Q(decided_because="")),
        rejected=Count("pk", filter=mine & Q(status="rejected")),
    )
    return {
        **counts,
        "is_editor": is_editor(request.user),
        **(_from_readers() if is_editor(request.user) else {}),
        "may_suppress": may_suppress,
        "suppressions": SuppressionRequest.objects.filter(outcome="open").count() if may_suppress else 0,
        "may_add_sources": request.user.has_perm("sources.add_source"),
        "waiting_address": queue_address(status__exact="submitted"),
        "drafts_address": queue_address(status__exact="draft", author__id__exact=me),
        "rejected_address": queue_address(status__exact="rejected", author__id__exact=me),
    }


def _from_readers() -> Context:
    """What readers sent that nobody has dealt with; what a flood brought is counted apart. One query."""
    waiting = Suggestion.objects.filter(status=Suggestion.Status.WAITING)
    late = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    late -= dt.timedelta(days=ANSWERED_WITHIN_DAYS)
    counts = waiting.aggregate(
        suggestions=Count("pk", filter=Q(held=False)),
        held=Count("pk", filter=Q(held=True)),
        overdue=Count("pk", filter=Q(kind=Suggestion.Kind.COMPLAINT, sent_at__lt=late)),
    )
    page = reverse("admin:sources_suggestion_changelist")
    return {
        **counts,
        "suggestions_address": f"{page}?status__exact=waiting&held__exact=0",
        "held_address": f"{page}?status__exact=waiting&held__exact=1",
    }


def _navigation(apps: list[Context], desk: Context, request: HttpRequest) -> list[Context]:
    """Review first, then records, then each kind of claim, then people; only what this person may see."""
    models = [entry for app in apps for entry in app["models"] if entry.get("admin_url")]
    records = sorted(
        (e for e in models if issubclass(e["model"], Record)), key=lambda e: ORDER.index(e["model"].KIND)
    )
    kinds = [e for e in models if issubclass(e["model"], Claim) and e["model"].KIND]
    people = [e for e in models if e["model"]._meta.app_label in ("accounts", "auth")]
    status = request.GET.get("status__exact", "")
    in_queue = request.path == queue_address()
    review = [
        _item(
            _("Waiting for review"),
            desk["waiting_address"],
            in_queue and status == "submitted",
            icon="inbox",
            badge=desk["waiting"],
        ),
        _item(
            _("My drafts"),
            desk["drafts_address"],
            in_queue and status == "draft",
            icon="edit_note",
            badge=desk["drafts"] + desk["returned"],
        ),
        _item(_("All claims"), queue_address(), in_queue and not status, icon="format_quote"),
    ]
    if desk["may_add_sources"]:
        importing = reverse("admin:import")
        review.append(_item(_("Import a table"), importing, request.path.startswith(importing), "upload"))
    if desk["is_editor"]:
        suggestions = reverse("admin:sources_suggestion_changelist")
        here = request.path.startswith(suggestions)
        review.append(
            _item(
                _("From readers"), desk["suggestions_address"], here, icon="mail", badge=desk["suggestions"]
            )
        )
        duplicates = reverse("admin:duplicates", args=["deposit"])
        here = request.path.startswith(duplicates.removesuffix("deposit/"))
        review.append(_item(_("Likely duplicates"), duplicates, here, "join_inner"))
    if desk["may_suppress"]:
        asked = reverse("admin:sources_suppressionrequest_changelist")
        here = request.path.startswith(asked)
        waiting = asked + "?outcome__exact=open"
        review.append(_item(_("Suppression"), waiting, here, "gavel", badge=desk["suppressions"]))
    for title, name, icon in (
        (_("Health of the record"), "health", "monitor_heart"),
        (_("Field terms in three languages"), "field_terms", "translate"),
    ):
        address = _address_of(name)
        if address and desk["may_add_sources"]:
            review.append(_item(title, address, request.path.startswith(address), icon))
    if request.user.has_perm(page_texts.PERMISSION):
        texts = reverse("admin:page_texts")
        review.append(_item(_("Pages of the site"), texts, request.path.startswith(texts), "article"))
    claims_open = any(request.path.startswith(entry["admin_url"]) for entry in kinds)
    return [
        {"title": _("Review"), "items": review},
        {"title": _("The record"), "items": [_model_item(e, request) for e in records], "separator": True},
        {
            "title": _("Claims by kind"),
            "items": [_model_item(e, request) for e in kinds],
            "separator": True,
            "collapsible": True,
            "open": claims_open,
        },
        {"title": _("People"), "items": [_model_item(e, request) for e in people], "separator": True},
    ]


def _address_of(name: str) -> str:
    """A page of the desk that another house adds; "" without that house."""
    try:
        return reverse(f"admin:{name}")
    except NoReverseMatch:
        return ""


def _model_item(entry: Context, request: HttpRequest) -> Context:
    address = entry["admin_url"]
    return _item(capfirst(entry["name"]), address, request.path.startswith(address))


def _item(title: str, link: str, active: bool, icon: str = "", badge: int = 0) -> Context:
    return {
        "title": title,
        "link": link,
        "active": active,
        "icon": icon,
        "badge": str(badge) if badge else "",
        "badge_variant": "primary",
        "has_permission": True,
    }
