"""Adding a source from its address: the form comes filled in with what its page says."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..cataloguing import Offer, keep_copy, look_up, publisher_called, standing_for
from ..fetching import FetchRefused
from ..links import check_link
from ..models import Publisher, Source
from .entering import carried
from .opened import RecordForm
from .typed_fields import FIELDS, SCRIPT

#: Query parameter of a form that was filled in from an address.
VIA = "from_address"


class SourceForm(RecordForm):
    class Media:
        js = [SCRIPT]

    class Meta:
        field_classes = FIELDS
        labels = {"name": gettext_lazy("Title")}
        help_texts = {"name": gettext_lazy("As it is printed, in the publication's own language.")}

    INFERRED = [
        ("title", gettext_lazy("title")),
        ("publisher", gettext_lazy("publisher")),
        ("published", gettext_lazy("date of publication")),
    ]

    inferred = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Inferred"),
        choices=INFERRED,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("What could not be seen on the publication itself and is our inference."),
    )
    new_publisher = forms.CharField(
        label=gettext_lazy("Publisher not listed"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("Its name; it is added with the source."),
    )
    archive = forms.BooleanField(
        label=gettext_lazy("Ask for an archived copy"),
        required=False,
        help_text=gettext_lazy("The Internet Archive is asked for a dated copy once the source is saved."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and "publisher" in self.fields:
            self.fields["publisher"].required = False

    def clean_url(self) -> str:
        """One source an address: what is entered already is said instead of entered again."""
        url = str(self.cleaned_data["url"])
        doubles = standing_for(url) if self.instance._state.adding else []
        if doubles:
            raise ValidationError(
                _("This address is entered already: %(source)s (source %(number)s).")
                % {"source": doubles[0].name, "number": doubles[0].pk}
            )
        return url

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        missing = not self.cleaned_data.get("publisher") and not self.cleaned_data.get("new_publisher")
        if missing and "publisher" in self.fields and "publisher" not in self.errors:
            self.add_error("publisher", _("Choose the publisher, or name a new one."))
        return cleaned


class AddressForm(forms.Form):
    address = forms.CharField(label=gettext_lazy("Address, DOI or ISBN"), max_length=1000)


class ByAddress:
    """Part of the sources' admin: the page that takes an address, and what it leads to."""

    added_rows = (("new_publisher", "archive"),)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.by_address)  # type: ignore[attr-defined]
        return [path("by-address/", view, name="sources_source_by_address"), *super().get_urls()]  # type: ignore[misc]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]
        if obj is not None:
            return fieldsets
        (title, options), *others = fieldsets
        return [(title, {**options, "fields": (*options["fields"], *self.added_rows)}), *others]

    def by_address(self, request: HttpRequest) -> HttpResponse:
        """Take an address; show the source that it is, or the form filled in with what its page says."""
        if not self.has_add_permission(request):  # type: ignore[attr-defined]
            raise PermissionDenied
        data = request.POST if request.method == "POST" else None
        form = AddressForm(data, initial={"address": request.GET.get("address", "")})
        offer = None
        if form.is_valid():
            try:
                offer = look_up(form.cleaned_data["address"])
            except FetchRefused as refusal:
                form.add_error("address", str(refusal))
        if offer and not offer.existing and not offer.same_title:
            if offer.problem:
                messages.warning(request, _("The page could not be read: %(why)s") % {"why": offer.problem})
            return HttpResponseRedirect(_filled_form(request, offer))
        context = {
            **self.admin_site.each_context(request),  # type: ignore[attr-defined]
            "opts": Source._meta,
            "title": _("Add a source by its address"),
            "form": form,
            "offer": offer,
            "as_new": _filled_form(request, offer) if offer and not offer.existing else "",
            "as_copies": [(s, _filled_form(request, offer, s)) for s in offer.same_title] if offer else [],
        }
        return TemplateResponse(request, "admin/source_by_address.html", context)

    def save_model(self, request: HttpRequest, obj: Source, form: Any, change: bool) -> None:
        """With the source: its publisher, if that is new; afterwards its archived copy, if asked for."""
        name = form.cleaned_data.get("new_publisher")
        if not change and name and not form.cleaned_data.get("publisher"):
            obj.publisher = publisher_called(name) or Publisher.objects.create(name=name)
        super().save_model(request, obj, form, change)  # type: ignore[misc]
        if not change and form.cleaned_data.get("archive"):
            transaction.on_commit(lambda: self._archive(request, obj))

    def response_add(self, request: HttpRequest, obj: Source, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who came with an address goes on to enter what the source says."""
        response: HttpResponse = super().response_add(request, obj, *args, **kwargs)  # type: ignore[misc]
        if request.GET.get(VIA) and "_save" in request.POST:
            facts = reverse("admin:sources_source_facts", args=[obj.pk])
            return HttpResponseRedirect(f"{facts}?{urlencode(carried(request))}".rstrip("?"))
        return response

    def _archive(self, request: HttpRequest, source: Source) -> None:
        """Keep what answers at the address now (its hash), and a dated copy of it."""
        check_link(source)
        try:
            copy = keep_copy(source)
        except FetchRefused as refusal:
            messages.warning(request, _("No archived copy yet: %(why)s") % {"why": refusal})
            return
        if copy:
            messages.success(request, _("Archived copy: %(address)s") % {"address": copy})
        else:
            messages.warning(request, _("No archived copy yet: the archive did not make one."))


def _filled_form(request: HttpRequest, offer: Offer, original: Source | None = None) -> str:
    """The address of the sources' form, filled in."""
    told = offer.description
    values = {
        "name": told.title,
        "author": told.author,
        "publisher": offer.publisher.pk if offer.publisher else "",
        "new_publisher": "" if offer.publisher else told.publisher,
        "url": offer.address,
        "published": told.published,
        "language": told.language,
        "accessed": "" if offer.problem else dt.datetime.now(dt.UTC).date().isoformat(),
        "copy_of": original.pk if original else "",
        "archive": "on",
        VIA: "1",
        **carried(request),
    }
    filled = {name: value for name, value in values.items() if value}
    return f"{reverse('admin:sources_source_add')}?{urlencode(filled)}"
