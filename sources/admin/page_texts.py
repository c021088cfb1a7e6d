"""The texts of the site's own pages at the desk: who answers for it, in their own words."""

from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from .. import page_texts
from ..models import PageText
from ..queries import moments

#: A page's text is no book.
LONGEST = 20_000


def pages() -> list[Any]:
    """The addresses of these pages."""
    guarded = admin.site.admin_view
    return [
        path("page-texts/", guarded(overview), name="page_texts"),
        path("page-texts/<slug:page>/<slug:language>/", guarded(edit), name="page_text"),
    ]


def overview(request: HttpRequest) -> HttpResponse:
    """Each page in each language, and since when it has a text."""
    _answerable_only(request)
    standing = {
        (row.page, row.language): row
        for row in PageText.objects.filter(until_tick__isnull=True).exclude(text="").select_related("by")
    }
    rows = [
        (label, [(language, named, standing.get((page, language))) for language, named in settings.LANGUAGES])
        for page, label in PageText.Page.choices
    ]
    context = {
        "title": _("Pages of the site"),
        "rows": [(page, *row) for page, row in zip(PageText.Page.values, rows, strict=True)],
    }
    return _answer(request, "admin/page_texts.html", context)


def edit(request: HttpRequest, page: str, language: str) -> HttpResponse:
    """One page's text in one language: change it; what stood before stays readable below."""
    _answerable_only(request)
    if page not in PageText.Page.values or language not in dict(settings.LANGUAGES):
        raise Http404
    history = list(PageText.objects.filter(page=page, language=language).select_related("by"))
    standing = next((row.text for row in history if row.until_tick is None), "")
    text, refusal = request.POST.get("text", standing), ""
    if request.method == "POST":
        if len(text) > LONGEST:
            refusal = _("The text is longer than 20,000 characters.")
        elif "\0" in text:
            refusal = _("The text holds a character that is none (NUL).")
        else:
            number = page_texts.write(page, language, text, request.user)  # type: ignore[arg-type]
            said = _("Public since tick %(tick)s.") % {"tick": number} if number else _("Nothing changed.")
            messages.success(request, said)
            return HttpResponseRedirect(reverse("admin:page_texts"))
    ticks = moments({row.from_tick for row in history})
    context = {
        "title": f"{PageText.Page(page).label}: {dict(settings.LANGUAGES)[language]}",
        "text": text,
        "language": language,
        "refusal": refusal,
        "longest": LONGEST,
        "history": [(row, ticks[row.from_tick]) for row in history],
    }
    return _answer(request, "admin/page_text.html", context, 422 if refusal else 200)


def _answerable_only(request: HttpRequest) -> None:
    if not request.user.has_perm(page_texts.PERMISSION):
        raise PermissionDenied


def _answer(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    full = {**admin.site.each_context(request), "content_title": context["title"], **context}
    return TemplateResponse(request, template, full, status=status)
