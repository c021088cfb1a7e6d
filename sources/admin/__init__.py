"""The editors' desk: records and claims in Django's admin; upper apps build theirs from the same parts."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from . import publications, queue, suggestions, suppressions, texts  # noqa: F401 - they register themselves
from .pages import with_pages
from .site import autocomplete, desk_context

admin.site.index_title = _("The editors' desk")
admin.site.extra_context = desk_context  # type: ignore[attr-defined]
admin.site.autocomplete_view = autocomplete  # type: ignore[method-assign]
admin.site.get_urls = with_pages(admin.site.get_urls)  # type: ignore[method-assign]
