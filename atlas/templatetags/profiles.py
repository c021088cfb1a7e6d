"""Lists of links on the profiles of minerals and countries, which hold hundreds of them."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from atlas.pages.formatting import show_number
from sources.dates import show_partial_date
from sources.models import Record

from .atlas import link_to, suffix
from .lists import list_url

register = template.Library()


@register.simple_tag(takes_context=True)
def holders(context: Any, there: Iterable[Any]) -> SafeString:
    """Deposits and projects that hold a mineral, by-products marked, projects with their stage."""
    moment, own = suffix(context), get_language() or "en"
    by_product = format_html(' <span class="small muted">{}</span>', _("by-product"))
    return format_html_join(
        " · ",
        "{}{}{}",
        (
            (link_to(one.record, moment, own), "" if one.is_main else by_product, _stage(one.stage, own))
            for one in there
        ),
    )


@register.simple_tag(takes_context=True)
def deposits_counted(context: Any, row: Any) -> SafeString:
    """How many deposits hold a mineral, as a link to their list."""
    count = row.deposits
    words = ngettext("deposit of %(mineral)s", "deposits of %(mineral)s", count)
    return _counted(context, "deposits", count, row, words)


@register.simple_tag(takes_context=True)
def projects_counted(context: Any, row: Any) -> SafeString:
    """How many projects are on a mineral, as a link to their list."""
    count = row.projects
    words = ngettext("project on %(mineral)s", "projects on %(mineral)s", count)
    return _counted(context, "projects", count, row, words)


def _counted(context: Any, name: str, count: int, row: Any, words: str) -> SafeString:
    if not count:
        return SafeString('<span class="muted">–</span>')
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> {}</span></a>',
        list_url(context, name, row.query),
        show_number(Decimal(count)),
        words % {"mineral": row.mineral.label},
    )


@register.simple_tag(takes_context=True)
def workings(context: Any, named: Iterable[Any]) -> SafeString:
    """Projects with stage and partners, as items of a list; those last heard of long ago greyed."""
    moment, own = suffix(context), get_language() or "en"
    return format_html_join(
        "",
        "<li{}>{}{}{}</li>",
        (
            (
                SafeString(' class="is-muted"') if work.stage and work.stage.stage.stale else "",
                link_to(work.project, moment, own),
                _stage(work.stage, own),
                format_html('<br><span class="small">{}</span>', _links(work.partners, moment, own))
                if work.partners
                else "",
            )
            for work in named
        ),
    )


@register.simple_tag(takes_context=True)
def works_on(context: Any, projects: Iterable[tuple[Record, str]]) -> SafeString:
    """Projects that a partner takes part in, each with its roles."""
    moment, own = suffix(context), get_language() or "en"
    return format_html_join(
        "; ", "{} ({})", ((link_to(project, moment, own), roles) for project, roles in projects)
    )


def _links(records: Iterable[Record], moment: str, own: str) -> SafeString:
    return format_html_join(", ", "{}", ((link_to(record, moment, own),) for record in records))


def _stage(shown: Any, own: str) -> str | SafeString:
    """A stage as last reported, and when: " (operating, April 2025)"; nothing where none is."""
    if shown is None:
        return ""
    dated = show_partial_date(shown.stage.dated, own) if shown.stage.dated else _("undated")
    return format_html(' <span class="small muted">({}, {})</span>', shown.word, dated)
