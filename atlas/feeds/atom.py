"""Changes as an Atom feed (RFC 4287): one entry a change, with the old and the new value and both sources."""

import datetime as dt
import re
from collections.abc import Iterable

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from atlas import addresses
from atlas.changes.history import Change
from atlas.changes.wording import title
from atlas.citing.items import atlas_name

#: Newest changes that a feed holds.
MOST_ENTRIES = 60
#: Year in which the ids of entries were first made (RFC 4151); it never changes.
_MINTED = "2026"
#: What XML 1.0 cannot hold (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class ChangesFeed(Atom1Feed):
    """An Atom feed that without entries is as old as the state of the record it was made from."""

    def __init__(self, *args: object, made_from: dt.datetime, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.made_from = made_from

    def latest_post_date(self) -> dt.datetime:
        return super().latest_post_date() if self.items else self.made_from


def write(changes: Iterable[Change], heading: str, site: str, page: str, own: str, at: dt.datetime) -> str:
    """A feed of these changes, newest first.

    `site` is scheme and host, `page` the address of what readers see of the same, `own` the feed's address
    (both from the root), `at` the moment of the record it is made from.
    """
    host = site.split("//")[1].split(":")[0]
    feed = ChangesFeed(
        title=heading,
        link=site + page,
        feed_url=site + own,
        feed_guid=site + own,
        description="",
        author_name=atlas_name(),
        language=get_language(),
        feed_copyright="CC BY 4.0",
        made_from=at,
    )
    for change in changes:
        feed.add_item(
            title=_NOT_XML.sub("", title(change)),
            link=site + _address(change),
            description=_NOT_XML.sub(
                "", render_to_string("feeds/entry.html", {"change": change, "site": site})
            ),
            pubdate=change.tick.at,
            updateddate=change.tick.at,
            unique_id=f"tag:{host},{_MINTED}:{change.identifier}",
            categories=(str(change.kind.label),),
        )
    return feed.writeString("utf-8")


def _address(change: Change) -> str:
    """The page of what changed, as it was right after the change."""
    suffix = f"?as_of={change.tick.number}"
    if change.statement:
        return addresses.claim_address(change.statement.claim, suffix)
    return (addresses.address(change.record) if change.record else reverse("home")) + suffix
