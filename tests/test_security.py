"""The Content Security Policies of the public site and of the desk, and the public site's lack of cookies."""

import pytest
from django.test import Client

ABSENT_PUBLIC_PAGE = "/en/no-such-page/"


def policy(response) -> dict[str, list[str]]:
    """The response's Content Security Policy by directive."""
    directives = (part.split() for part in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def test_public_pages_run_and_show_nothing_but_the_sites_own(client: Client) -> None:
    assert policy(client.get(ABSENT_PUBLIC_PAGE)) == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "https://tile.openstreetmap.org"],
        "connect-src": ["'self'"],
        "font-src": ["'self'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }


@pytest.mark.django_db
def test_the_desk_allows_what_its_theme_needs_and_no_inline_script(client: Client) -> None:
    directives = policy(client.get("/admin/login/"))
    assert directives["script-src"] == ["'self'", "'unsafe-eval'"]
    assert directives["style-src"] == ["'self'", "'unsafe-inline'"]
    assert directives["default-src"] == ["'none'"]
    assert directives["frame-ancestors"] == ["'none'"]


def test_an_address_that_only_begins_like_the_desks_gets_the_public_policy(client: Client) -> None:
    assert policy(client.get("/administration/"))["script-src"] == ["'self'"]


@pytest.mark.django_db
def test_public_pages_set_no_cookie_and_the_desk_does(client: Client) -> None:
    public = client.get(ABSENT_PUBLIC_PAGE)
    assert not public.cookies
    assert "Cookie" not in public.get("Vary", "")
    assert "csrftoken" in client.get("/admin/login/").cookies
