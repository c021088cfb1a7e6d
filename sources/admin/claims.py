"""One kind of claim at the desk: its form while it is a draft, and the buttons of its life."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ManyToManyField, QuerySet
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.admin import ModelAdmin

from ..models import Check, Claim, ClaimText, Record, SuppressionRequest
from ..models.claims import claim_kinds
from ..suppression import PERMISSION
from . import steps
from .entering import EntersFromSource
from .hints import neighbours
from .options import ClaimOptions
from .people import is_editor, may_edit, sign
from .review_actions import ReviewActions
from .statements import figure, one_line, rows_of, typed_rows
from .suppressions import visible
from .telling import TellsOfOthers

SUPERSEDES = "supersedes"


class TypedClaimAdmin(TellsOfOthers, EntersFromSource, ClaimOptions, ReviewActions, ModelAdmin):
    """A kind of claim; each app derives the admins of its own kinds."""

    change_form_template = "admin/claim_form.html"
    list_display = ("line", "about", "source", "status", "author", "dated")
    list_filter: tuple[str, ...] = ("status",)
    search_fields = ("subject__name", "source__name", "excerpt")
    list_per_page = 50
    list_filter_sheet = False
    warn_unsaved_form = True

    def get_queryset(self, request: HttpRequest) -> "QuerySet[Any]":
        claims = rows_of(self.model).select_related(
            "source__publisher", "subject", "author", "edited_by", "submitted_by", "published_by",
            "withdrawn_by", "supersedes", "suppressed_by", "suppressed_with", *self.record_fields,
        )  # fmt: skip
        names = (f"{field}__names" for field in ("subject", *self.record_fields))
        return visible(claims.prefetch_related(*names), request)

    def line(self, claim: Claim) -> str:
        return self.one_line(claim)

    line.short_description = _("statement")  # type: ignore[attr-defined]

    @admin.display(description=_("about"), ordering="subject__name")
    def about(self, claim: Claim) -> str:
        return claim.subject.label

    def dated(self, claim: Claim) -> str:
        return claim.dated

    dated.short_description = _("about the time")  # type: ignore[attr-defined]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        statement = ["subject", *self.statement_rows, "as_of", "note"]
        return [
            (_("What the source says"), {"fields": statement}),
            (_("Where it says so"), {"fields": list(self.source_rows)}),
        ]

    # Who may do what

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and (obj is None or may_edit(request.user, obj))

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """A draft goes with its common row and its translations, which have no permission of their own."""
        rows, counts, needed, protected = super().get_deleted_objects(objs, request)
        return (
            rows,
            counts,
            needed - {str(Claim._meta.verbose_name), str(ClaimText._meta.verbose_name)},
            protected,
        )

    def view_on_site(self, claim: Claim) -> str | None:
        """The claim's public page, where it has one."""
        if claim.published_tick is None:
            return None
        try:
            return reverse("claim", args=[claim.pk])
        except NoReverseMatch:  # the record can be edited without the public site
            return None

    # Entering and changing

    def lock(self, number: int) -> None:
        Claim.objects.select_for_update(no_key=True).filter(pk=number).values_list("pk").first()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A claim that supersedes another begins as its copy."""
        target = self._superseded(request)
        if target is None:
            return super().get_changeform_initial_data(request)
        fields = [*self._field_names(), *(f.name for f in self.opts.local_many_to_many)]
        return model_to_dict(target, fields)

    def save_model(self, request: HttpRequest, obj: Claim, form: Any, change: bool) -> None:
        if not change:
            obj.supersedes = self._superseded(request)
        sign(obj, request.user)
        super().save_model(request, obj, form, change)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """What replaces a claim is about the same subject."""
        form = super().get_form(request, obj, change, **kwargs)
        target = obj.supersedes if obj else self._superseded(request)
        if target and "subject" in form.base_fields:
            form.base_fields["subject"].queryset = Record.objects.filter(pk=target.subject_id)
        return form

    def _field_names(self) -> list[str]:
        return [f.name for f in self.opts.get_fields() if f.concrete and not isinstance(f, ManyToManyField)]

    def _superseded(self, request: HttpRequest) -> Claim | None:
        """The published claim that the new one is to replace: of this kind, and still standing."""
        number = request.GET.get(SUPERSEDES, "")
        if not number:
            return None
        if not number.isdecimal():
            raise Http404
        return get_object_or_404(rows_of(self.model), pk=number, status=Claim.Status.PUBLISHED)

    # The page

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        shown: dict[str, Any] = {"one_line": one_line}
        if object_id is None:
            target = self._superseded(request)
            shown["replaces"] = target and (target, self.one_line(target))
        elif request.method == "GET":
            claim = self.get_object(request, unquote(object_id))
            if claim is not None:
                shown |= self._life(request, claim)
        return super().changeform_view(request, object_id, form_url, {**shown, **(extra_context or {})})

    def _life(self, request: HttpRequest, claim: Claim) -> dict[str, Any]:
        """What the page says about the claim besides its form."""
        beside = neighbours([claim])[claim.pk]
        can_replace = claim.status == Claim.Status.PUBLISHED and self.has_add_permission(request)
        return {
            "claim": claim,
            "line": self.one_line(claim),
            "facts": list(self._facts(claim)),
            "steps": steps.offered(claim, request.user),
            "suppressions": self._suppressions(request, claim),
            "next_waiting": steps.next_waiting(claim) if is_editor(request.user) else None,
            "waits_in_batch": is_editor(request.user) and steps.waits_in_batch(claim),
            "preference": steps.preference_on(claim),
            "checks": Check.objects.filter(claim_id=claim.pk).select_related("by").order_by("-tick"),
            "replaces": claim.supersedes and (claim.supersedes, self._line_of(claim.supersedes)),
            "successors": list(claim.successors.order_by("pk")),
            "translations": list(claim.texts.all()),
            "may_translate": claim.published_tick is None or is_editor(request.user),
            "beside": [(n, one_line(n.claim), claim_address(n.claim)) for n in beside],
            "replace_address": f"{self._address('add')}?{SUPERSEDES}={claim.pk}" if can_replace else "",
            "reply_address": _reply_address(request, claim),
            "own_to_review": claim.status == Claim.Status.SUBMITTED
            and request.user.pk in (claim.author_id, claim.submitted_by_id, claim.edited_by_id),
        }

    def _suppressions(self, request: HttpRequest, claim: Claim) -> list[SuppressionRequest]:
        """What was asked and decided about hiding it, for administrators."""
        if not request.user.has_perm(PERMISSION):
            return []
        return list(claim.suppression_requests.select_related("asked_by", "decided_by").order_by("pk"))

    def _facts(self, claim: Claim) -> Iterator[tuple[str, Any]]:
        """(label, value) of everything the claim states, for the page of one that no longer changes."""
        for name in flatten_fieldsets(self.get_fieldsets(None, claim)):  # type: ignore[arg-type]
            field, value = self.opts.get_field(name), getattr(claim, name)
            if field.many_to_many:
                value = ", ".join(str(record) for record in value.all())
            elif getattr(field, "choices", None):
                value = getattr(claim, f"get_{name}_display")() if value else ""
            elif isinstance(value, bool):
                value = _("yes") if value else ""
            elif isinstance(value, Decimal):
                value = figure(value)
            if value not in (None, ""):
                yield capfirst(field.verbose_name), value

    def _line_of(self, claim: Claim) -> str:
        return one_line(typed_rows([claim])[0])

    def _address(self, page: str, *args: Any) -> str:
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}", args=args)

    # Steps

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_step"
        view = self.admin_site.admin_view(require_POST(self.step_view))
        return [path("<int:number>/step/<slug:name>/", view, name=name), *super().get_urls()]

    def step_view(self, request: HttpRequest, number: int, name: str) -> HttpResponse:
        """Take one step of the claim's life; refused, it shows why, and gives back what was typed."""
        claim = self.get_object(request, str(number))
        step = steps.STEPS.get(name)
        if claim is None or step is None:
            raise Http404
        if not self.has_view_permission(request, claim):
            raise PermissionDenied
        words, outcome = request.POST.get("words", ""), request.POST.get("outcome", "")
        try:
            steps.take(step, claim, request.user, words, outcome)  # type: ignore[arg-type]
        except ValidationError as refusal:
            return self._refused(request, claim, step, " ".join(refusal.messages), words, outcome, 409)
        except PermissionDenied:
            why = _("Your account may not take this step.")
            return self._refused(request, claim, step, why, words, outcome, 403)
        self.log_change(request, claim, f"{step.label}. {'' if step.private else words}".strip())
        self.message_user(request, step.done, messages.SUCCESS)
        return HttpResponseRedirect(self._address("change", claim.pk))

    def _refused(
        self,
        request: HttpRequest,
        claim: Claim,
        step: steps.Step,
        why: Any,
        words: str,
        outcome: str,
        status: int,
    ) -> TemplateResponse:
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": step.label,
            "claim": claim,
            "line": self.one_line(claim),
            "step": step,
            "why": why,
            "words": words,
            "outcome": outcome,
            "address": self._address("change", claim.pk),
            "retry": status == 409 and step in steps.offered(claim, request.user),
        }
        return TemplateResponse(request, "admin/step_refused.html", context, status=status)


def _reply_address(request: HttpRequest, claim: Claim) -> str:
    """The form of a claim that answers this one, prefilled; "" while it is not public, or to strangers."""
    if claim.status != Claim.Status.PUBLISHED:
        return ""
    answering = (m for m in claim_kinds().values() if any(f.name == "answers" for f in m._meta.local_fields))
    for model in answering:
        if admin.site.get_model_admin(model).has_add_permission(request):
            query = urlencode({"subject": claim.subject_id, "answers": claim.pk})
            return f"{reverse(f'admin:{model._meta.app_label}_{model._meta.model_name}_add')}?{query}"
    return ""


def claim_address(claim: Claim) -> str:
    """A typed claim's page at the desk."""
    return reverse(f"admin:{claim._meta.app_label}_{claim._meta.model_name}_change", args=[claim.pk])
