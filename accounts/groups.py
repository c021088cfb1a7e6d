"""The three groups that work at the desk, and what each may do; granted anew after every migrate.

Permissions name a kind; which of its rows they reach is the desk's and `sources.review`'s affair: a
contributor changes own drafts and records that are not public yet, and nobody deletes more than a draft.
"""

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import Group, Permission

CONTRIBUTOR, EDITOR, ADMINISTRATOR = "contributor", "editor", "administrator"

#: Kinds of claim, and of what is written with them.
CLAIMS = {
    "sources": ("claim", "claimtext"),
    "partners": ("ownership",),
    "deposits": ("location", "occurrence", "resourceestimate"),
    "projects": ("stagereport", "duration", "involvement", "investment", "production"),
    "findings": ("finding",),
}
#: Kinds of record that grow with every article.
RECORDS = {
    "sources": ("publisher", "source", "name"),
    "partners": ("partner",),
    "deposits": ("deposit",),
    "projects": ("project",),
}
#: Kinds of record that hardly change: editors' work.
REFERENCE = {"deposits": ("region", "country", "mineral")}
#: What the record itself writes down.
REGISTERS = {"sources": ("record", "check", "preference", "version", "tick", "batch")}

Kinds = Mapping[str, tuple[str, ...]]
Grants = dict[str, set[str]]


def _grants(kinds: Kinds, *verbs: str) -> Grants:
    return {app: {f"{verb}_{kind}" for kind in names for verb in verbs} for app, names in kinds.items()}


def _together(*grants: Grants) -> Grants:
    apps = sorted({app for grant in grants for app in grant})
    return {app: set().union(*(grant.get(app, set()) for grant in grants)) for app in apps}


_CONTRIBUTOR = _together(
    _grants(CLAIMS, "view", "add", "change", "delete"),
    _grants(RECORDS, "view", "add", "change"),
    _grants({"sources": ("name",)}, "delete"),
    # Changing the row of a country is an editor's; entering claims on its page is not.
    _grants(REFERENCE, "view", "change"),
    _grants(REGISTERS, "view"),
)
_EDITOR = _together(
    _CONTRIBUTOR,
    _grants(RECORDS, "delete"),
    _grants({"deposits": ("mineral",)}, "add", "delete"),
    {"sources": {"publish_claim"}},
)
_ADMINISTRATOR = _together(
    _EDITOR,
    {
        "sources": {"suppress_claim", "change_pagetext"},
        "accounts": {"view_user", "add_user", "change_user"},
        "auth": {"view_group"},
        "admin": {"view_logentry"},
    },
)

GROUPS: dict[str, Grants] = {
    CONTRIBUTOR: _CONTRIBUTOR,
    EDITOR: _EDITOR,
    ADMINISTRATOR: _ADMINISTRATOR,
}


def grant_permissions(sender: AppConfig, using: str, **kwargs: Any) -> None:
    """After an app's migration, once its permissions exist: give each group its exact share."""
    for name, grants in GROUPS.items():
        if sender.label not in grants:
            continue
        group, _created = Group.objects.using(using).get_or_create(name=name)
        permissions = Permission.objects.using(using).filter(content_type__app_label=sender.label)
        wanted = set(permissions.filter(codename__in=grants[sender.label]))
        held = set(group.permissions.using(using).filter(content_type__app_label=sender.label))
        group.permissions.remove(*held - wanted)
        group.permissions.add(*wanted - held)
