"""The page that gives the code for embedding, with a preview of what it will show."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from atlas import addresses
from atlas.citing import subjects
from atlas.citing.subjects import moment
from atlas.citing.views import site
from atlas.moments import published
from sources.models import Record

from . import questions, targets
from .code import Embed
from .framing import previewing


@dataclass(frozen=True)
class Offer:
    """What to embed, with the code to copy."""

    embed: Embed
    code: str


@previewing
@subjects.of_record
def of_record(request: HttpRequest, record: Record) -> HttpResponse:
    """A record whole, or one of its points (`?point=estimate/117`), live or as of now (`?fixed=1`)."""
    now = moment(request)
    asked = questions.questions(now.snapshot, record)
    chosen = request.GET.get("point", "")
    question = next((question for question in asked if question.name == chosen), None)
    if chosen and question is None:
        raise Http404(_("No source in the atlas speaks on this."))
    as_of = _as_of(request)
    embed = targets.of_question(question, as_of) if question else targets.of_record(record, as_of)
    context = {
        "record": record,
        "title": record.label,
        "back": addresses.address(record, now.suffix),
        "questions": asked,
        "chosen": chosen,
    }
    return _page(request, embed, context)


@previewing
@published
def of_map(request: HttpRequest) -> HttpResponse:
    """The map as its address has it."""
    query = request.GET.copy()
    query.pop("fixed", None)
    embed = targets.of_map(query, _as_of(request))
    back = reverse("home") + (f"?{query.urlencode(safe='/,')}" if query else "")
    kept = [(name, value) for name, values in query.lists() for value in values if name != "as_of"]
    return _page(request, embed, {"title": _("Map"), "back": back, "kept": kept})


def _as_of(request: HttpRequest) -> str:
    """The moment that fixes the embed: the page's own, with `?fixed=1` the newest tick; "" for a live one."""
    now = moment(request)
    return now.as_of or (str(now.tick) if request.GET.get("fixed") else "")


def _page(request: HttpRequest, embed: Embed, context: dict[str, object]) -> HttpResponse:
    context |= {"offer": Offer(embed, embed.code(site(request))), "fixed": bool(_as_of(request))}
    return render(request, "embeds/dialogue.html", context)
