"""One source's facts: the drafts entered from it so far, the next of any kind, one submit for all."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import review
from ..models import Claim, Source
from .claims import claim_address
from .entering import FACTS, kinds_offered, suggestion_in_hand
from .statements import one_line, typed_rows
from .suppressions import visible

#: How many claims that were entered before the page lists, the newest.
SHOWN = 100


class EntersFacts:
    """Part of the sources' admin: the page on which an article's facts are entered."""

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.facts)  # type: ignore[attr-defined]
        return [path("<int:number>/facts/", view, name="sources_source_facts"), *super().get_urls()]  # type: ignore[misc]

    def facts(self, request: HttpRequest, number: int) -> HttpResponse:
        """Show what this person entered from the source, and submit all of it."""
        source = get_object_or_404(Source.objects.select_related("publisher"), pk=number)
        may_view = self.has_view_permission(request, source)  # type: ignore[attr-defined]
        if not may_view or not request.user.has_perm("sources.add_claim"):
            raise PermissionDenied
        drafts = Claim.objects.filter(source_id=number, author=request.user.pk, status=Claim.Status.DRAFT)
        if request.method == "POST":
            return self._submit(request, drafts)
        suggestion = suggestion_in_hand(request)
        others = visible(Claim.objects.filter(source_id=number), request).exclude(pk__in=drafts.values("pk"))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "title": _("Facts from one source"),
            "content_title": _("Facts from one source"),
            "in_hand": source,
            "suggestion": suggestion,
            "drafts": _rows(drafts, f"?{FACTS}={number}"),
            "others": _rows(others.exclude(status=Claim.Status.DRAFT))[-SHOWN:],
            "waiting": Claim.objects.waiting().filter(source_id=number).count(),
            "kinds": kinds_offered(request, source, suggestion),
        }
        return TemplateResponse(request, "admin/source_facts.html", context)

    def _submit(self, request: HttpRequest, drafts: Any) -> HttpResponse:
        """Submit every draft of one's own from this source: all of them or none."""
        try:
            count = len(review.submit(drafts, request.user))  # type: ignore[arg-type]
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            text = ngettext("%(count)d claim submitted.", "%(count)d claims submitted.", count)
            messages.success(request, text % {"count": count})
        return HttpResponseRedirect(request.path)


def _rows(claims: Any, query: str = "") -> list[tuple[Claim, str, str]]:
    """(claim, its line, its page) of each claim."""
    typed = typed_rows(claims.order_by("pk"))
    return [(claim, one_line(claim), claim_address(claim) + query) for claim in typed]
