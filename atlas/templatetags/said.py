"""Who states a claim, where, when, and who checked it; and a row of a table of figures.

A full page holds hundreds of these. They are written here, because looking up their thirty values each in a
template was half of such a page's time.
"""

from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from atlas.pages.statements import Statement

from .atlas import link_to, suffix, written_once
from .claims import link_to_source, publication_link

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
            format_html(' lang="{}"', language) if language and language != statement.language else "",
            statement.value,
        )
    words: str | SafeString = ""
    if statement.qualifiers and not context.get("hide_qualifiers"):
        shape = '{} <span class="claim-words">{}</span>'
        words = format_html(shape, " ·" if value else "", " · ".join(statement.qualifiers))
    return format_html("{}{}{}", value, _badge(" ", statement.tone, statement.label, ""), words)


@written_once
def _badge(before: str, tone: str, label: str, after: str) -> str | SafeString:
    """What the claim is beside the value shown first; nothing for that value itself."""
    return (
        format_html('{}<span class="badge badge--{}">{}</span>{}', before, tone, label, after)
        if label
        else ""
    )


@register.simple_tag(takes_context=True)
def said(context: Any, statement: Statement) -> SafeString:
    """Everything about a claim but its value: its sentence, source, dates, checks, words and replies."""
    claim, source = statement.claim, statement.claim.source
    moment, own = suffix(context), statement.language
    return format_html(
        '{}\n<div class="claim-source">{}{}</div>\n<div class="claim-source">{}{}{}{}{}{} {}</div>\n{}{}{}',
        _note(statement.text, statement.text_language, own),
        _publication(source, moment, own),
        _copied(source, moment, own),
        _originator(claim, moment, own),
        f"{claim.locator} · " if claim.locator else "",
        format_html('<span class="claim-when">{}</span>', statement.dated),
        " " + _("(our inference)") if statement.date_inferred else "",
        _blank_unless(source.reliability, f" · {statement.grade}"),
        _blank_unless(statement.check, f" · {statement.checked}") + _tools(statement),
        _short_link(statement.number, moment),
        format_html(
            '<blockquote class="claim-note" lang="{}">{}</blockquote>', source.language, claim.excerpt
        )
        if claim.excerpt
        else "",
        _note(statement.note, statement.note_language, own),
        _answers(context, statement),
    )


@register.simple_tag(takes_context=True)
def figure_row(context: Any, figure: Any) -> SafeString:
    """One source's figure in a table: of which record, how much, what it counts, who says so."""
    statement, record = figure.statement, figure.record
    moment, own = suffix(context), statement.language
    return format_html(
        '<tr id="claim-{}">\n<th scope="row">{}{}</th>\n<td class="number">{}</td>\n'
        '<td class="small">{}{}</td>\n<td class="small">{}</td>\n</tr>',
        statement.number,
        link_to(record, moment, own),
        _other_name(record.country.label_in(own)[0]) if record.country else "",
        statement.value,
        figure.counts,
        _lines(*statement.qualifiers),
        _briefly(statement, moment, own),
    )


@written_once
def _other_name(name: str) -> SafeString:
    return format_html('<span class="list-other-name">{}</span>', name)


@written_once
def _lines(*lines: str) -> SafeString:
    return format_html_join("", "<br><span>{}</span>", ((line,) for line in lines))


def _briefly(statement: Statement, moment: str, own: str) -> SafeString:
    """Who says so, in a cell of a table."""
    source = statement.claim.source
    return format_html(
        '{}{} <span class="muted">· {}{}{} ·</span> {}{}',
        _badge("", statement.tone, statement.label, " "),
        _publication(source, moment, own),
        statement.dated,
        _blank_unless(source.reliability, f" · {statement.grade}"),
        " · " + _("checked") if statement.check else "",
        _short_link(statement.number, moment),
        _note(statement.note, statement.note_language, own, "<br><span{}>{}</span>"),
    )


def _publication(source: Any, moment: str, own: str) -> SafeString:
    publisher = link_to(source.publisher, moment, own) if source.publisher else SafeString("")
    return _published_by(publisher, link_to_source(source, moment, own))


@written_once
def _published_by(publisher: SafeString, title: SafeString) -> SafeString:
    return format_html(
        '<span class="claim-who">{}</span><span class="claim-title">: {}</span>', publisher, title
    )


def _copied(source: Any, moment: str, own: str) -> str | SafeString:
    if not source.copy_of:
        return ""
    return format_html(" · {} {}", _("copy of"), link_to_source(source.copy_of, moment, own))


def _answers(context: Any, statement: Statement) -> str:
    """Partners' replies to the claim, and what it replies to itself: few claims have either."""
    if not statement.replies and not getattr(statement.claim, "answers_id", None):
        return ""
    return render_to_string("claims/_answers.html", {**context.flatten(), "statement": statement})


def _originator(claim: Any, moment: str, own: str) -> str | SafeString:
    """Whom the source names for it."""
    if not (claim.originator or claim.originator_name):
        return ""
    office = link_to(claim.originator, moment, own) if claim.originator else ""
    name = f" {claim.originator_name}" if claim.originator_name else ""
    return format_html("{} {}{} · ", _("according to"), office, name)


def _blank_unless(is_known: Any, words: str) -> SafeString:
    """Words that print leaves out where they only say that something is not known."""
    return conditional_escape(words) if is_known else _blank(words)


@written_once
def _blank(words: str) -> SafeString:
    return format_html('<span class="claim-blank">{}</span>', words)


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


@written_once
def _short_link(number: str, moment: str) -> SafeString:
    return format_html('<a class="claim-link" href="/c/{0}{1}">c/{0}</a>', number, moment)


def _note(
    text: str, language: str, own: str, shape: str = '<p class="claim-note"{}>{}</p>'
) -> str | SafeString:
    """A text in its own language, which is marked unless it is the page's; nothing for no text."""
    if not text:
        return ""
    return format_html(shape, format_html(' lang="{}"', language) if language != own else "", text)
