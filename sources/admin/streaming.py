"""Pages that take a while: their beginning is sent at once, then how far the work is, then what came of it.

It needs no JavaScript: the browser shows what has arrived, and the style hides what newer progress overtook.
"""

from collections.abc import Callable, Generator, Iterator
from typing import Any, TypeVar

from django.http import HttpRequest, StreamingHttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _

T = TypeVar("T")
MARK = "<!-- what came of it -->"


def streamed(
    request: HttpRequest,
    context: dict[str, Any],
    steps: Generator[int, None, T],
    total: int,
    render: Callable[[T], str],
) -> StreamingHttpResponse:
    """Answer with the desk's page around `render`'s text of what `steps` returns.

    `steps` yields how much of `total` is done. Whatever can be refused must have been refused before.
    """
    get_token(request)  # its cookie must be set before the first byte is sent
    page = render_to_string("admin/streamed.html", {**context, "mark": MARK}, request)
    before, after = page.split(MARK)
    language = translation.get_language() or "en"
    response = StreamingHttpResponse(_parts(before, after, steps, total, render, language))
    # Neither our own compression nor a proxy may hold progress back.
    response["Content-Encoding"] = "identity"
    response["X-Accel-Buffering"] = "no"
    response["Cache-Control"] = "no-store"
    return response


def _parts(
    before: str,
    after: str,
    steps: Generator[int, None, T],
    total: int,
    render: Callable[[T], str],
    language: str,
) -> Iterator[str]:
    with translation.override(language):
        yield before
        while True:
            try:
                done = next(steps)
            except StopIteration as end:
                yield render(end.value)
                break
            yield _progress(done, total)
        yield after


def _progress(done: int, total: int) -> str:
    said = _("%(done)s of %(total)s read …") % {"done": number_format(done), "total": number_format(total)}
    return (
        f'<p class="desk-progress" role="status">{said} '
        f'<progress max="{max(total, 1)}" value="{done}" aria-hidden="true"></progress></p>\n'
    )
