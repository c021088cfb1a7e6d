"""Who states a claim, where, when, and who checked it; and a row of a table of figures.

A full page holds hundreds of these. They are written here, because looking up their thirty values each in a
template was half of such a page's time.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from atlas.pages.statements import Statement

from .atlas import record_link, suffix, written_once
from .claims import publication_link, source_link

register = template.Library()


@register.simple_tag(takes_context=True)
def stated(context: Any, statement: Statement) -> SafeString:
    """What a claim states: its value, what it is beside the value shown first, what else its source says.

    A page that has said so already sets `hide_value` or `hide_qualifiers`.
    """
    value: str | SafeString = ""
    if statement.value and not context.get("hide_value"):
        language = statement.text_language
        value = format_html(
            '<span class="claim-value{}"{}>{}</span>',
            " claim-value--text" if statement.claim.kind == "finding" else "",
            format_html(' lang="{}"', language) if language and language != get_language() else "",
            statement.value,
        )
    words: str | SafeString = ""
    if statement.qualifiers and not context.get("hide_qualifiers"):
        words = format_html(' <span class="claim-words">{}</span>', " · ".join(statement.qualifiers))
    return format_html("{}{}{}", value, _badge(" ", statement, ""), words)


def _badge(before: str, statement: Statement, after: str) -> str | SafeString:
    """What the claim is beside the value shown first; nothing for that value itself."""
    if not statement.label:
        return ""
    shape = '{}<span class="badge badge--{}">{}</span>{}'
    return format_html(shape, before, statement.tone, statement.label, after)


@register.simple_tag(takes_context=True)
def said(context: Any, statement: Statement) -> SafeString:
    """Everything about a claim but its value: its sentence, source, dates, checks, words and replies."""
    claim, source = statement.claim, statement.claim.source
    return format_html(
        '{}\n<div class="claim-source">{}{}</div>\n<div class="claim-source">{}{}{}{}{}{} {}</div>\n{}{}{}',
        _note(statement.text, statement.text_language),
        _publication(context, source),
        _copied(context, source),
        _originator(context, claim),
        f"{claim.locator} · " if claim.locator else "",
        format_html('<span class="claim-when">{}</span>', statement.dated),
        " " + _("(our inference)") if statement.date_inferred else "",
        _blank_unless(source.reliability, f" · {statement.grade}"),
        _blank_unless(statement.check, f" · {statement.checked}") + _tools(statement),
        _short_link(context, statement),
        format_html(
            '<blockquote class="claim-note" lang="{}">{}</blockquote>', source.language, claim.excerpt
        )
        if claim.excerpt
        else "",
        _note(statement.note, statement.note_language),
        _answers(context, statement),
    )


@register.simple_tag(takes_context=True)
def figure_row(context: Any, figure: Any) -> SafeString:
    """One source's figure in a table: of which record, how much, what it counts, who says so."""
    statement, record = figure.statement, figure.record
    country = record.country
    return format_html(
        '<tr id="claim-{}">\n<th scope="row">{}{}</th>\n<td class="number">{}</td>\n'
        '<td class="small">{}{}</td>\n<td class="small">{}</td>\n</tr>',
        statement.number,
        record_link(context, record),
        format_html('<span class="list-other-name">{}</span>', country.label) if country else "",
        statement.value,
        figure.counts,
        format_html_join("", "<br><span>{}</span>", ((words,) for words in statement.qualifiers)),
        _briefly(context, statement),
    )


def _briefly(context: Any, statement: Statement) -> SafeString:
    """Who says so, in a cell of a table."""
    source = statement.claim.source
    return format_html(
        '{}{} <span class="muted">· {}{}{} ·</span> {}{}',
        _badge("", statement, " "),
        _publication(context, source),
        statement.dated,
        _blank_unless(source.reliability, f" · {statement.grade}"),
        " · " + _("checked") if statement.check else "",
        _short_link(context, statement),
        _note(statement.note, statement.note_language, "<br><span{}>{}</span>"),
    )


def _publication(context: Any, source: Any) -> SafeString:
    return _published_by(record_link(context, source.publisher), source_link(context, source))


@written_once
def _published_by(publisher: SafeString, title: SafeString) -> SafeString:
    return format_html(
        '<span class="claim-who">{}</span><span class="claim-title">: {}</span>', publisher, title
    )


def _copied(context: Any, source: Any) -> str | SafeString:
    if not source.copy_of:
        return ""
    return format_html(" · {} {}", _("copy of"), source_link(context, source.copy_of))


def _answers(context: Any, statement: Statement) -> str:
    """Partners' replies to the claim, and what it replies to itself: few claims have either."""
    if not statement.replies and not getattr(statement.claim, "answers_id", None):
        return ""
    return render_to_string("claims/_answers.html", {**context.flatten(), "statement": statement})


def _originator(context: Any, claim: Any) -> str | SafeString:
    """Whom the source names for it."""
    if not (claim.originator or claim.originator_name):
        return ""
    name = f" {claim.originator_name}" if claim.originator_name else ""
    return format_html("{} {}{} · ", _("according to"), record_link(context, claim.originator), name)


def _blank_unless(is_known: Any, words: str) -> SafeString:
    """Words that print leaves out where they only say that something is not known."""
    return format_html("{}" if is_known else '<span class="claim-blank">{}</span>', words)


def _tools(statement: Statement) -> SafeString:
    """Links for whoever reads on: the publication, its archived copy, this place on the page."""
    source = statement.claim.source
    gone = " (" + _("no longer there") + ")" if source.gone_since else ""
    archived: str | SafeString = ""
    if source.gone_since and source.archive_url:
        archived = format_html(
            ' · <a href="{}" rel="external nofollow" aria-label="{}">{} ↗</a>',
            source.archive_url,
            _("Archived copy: %(title)s") % {"title": source.name},
            _("archived copy"),
        )
    return format_html(
        '<span class="claim-tools"> · {}{}{} · <a class="claim-link" href="#claim-{}" aria-label="{}">#</a>'
        "</span>",
        publication_link(source),
        gone,
        archived,
        statement.number,
        _("Link to claim %(number)s on this page") % {"number": statement.number},
    )


def _short_link(context: Any, statement: Statement) -> SafeString:
    return _numbered(statement.number, suffix(context))


@written_once
def _numbered(number: str, moment: str) -> SafeString:
    return format_html('<a class="claim-link" href="/c/{0}{1}">c/{0}</a>', number, moment)


def _note(text: str, language: str, shape: str = '<p class="claim-note"{}>{}</p>') -> str | SafeString:
    """A text in its own language, which is marked unless it is the page's; nothing for no text."""
    if not text:
        return ""
    return format_html(shape, format_html(' lang="{}"', language) if language != get_language() else "", text)
