"""The Content Security Policy: a strict one for the public site, one of its own for the editors' desk.

https://www.w3.org/TR/CSP3/. Neither uses nonces: cached pages would repeat them.
"""

from collections.abc import Sequence

from csp.constants import NONE, SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

Directives = dict[str, list[str]]


def public_directives(tile_hosts: Sequence[str]) -> Directives:
    """Allow the site itself and, as pictures only, the outside tiles that a reader may turn on."""
    return {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *tile_hosts],
        "connect-src": [SELF],
        "font-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }


def desk_directives(tile_hosts: Sequence[str]) -> Directives:
    """Allow what the desk's theme needs besides: Alpine.js evaluates expressions and sets inline styles."""
    return {
        **public_directives(tile_hosts),
        "script-src": [SELF, UNSAFE_EVAL],
        "style-src": [SELF, UNSAFE_INLINE],
    }


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Send ``CONTENT_SECURITY_POLICY``, and under ``DESK_PATH`` the ``DESK_DIRECTIVES`` instead."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Choose by the request's path; a view's own policy (``csp_replace`` and the like) still counts."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and parts.config is None and request.path_info.startswith(settings.DESK_PATH):
            parts.config = settings.DESK_DIRECTIVES
        return parts
