"""For random histories of the record, what was served at a moment is served for that moment ever after."""

import re
from random import Random
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from atlas.addresses import address
from atlas.published.keeper import keeper
from sources import clock
from sources.models import Claim, Tick

from .random_history import World

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: Moments of one history at which pages are read, and changes between two of them.
MOMENTS, CHANGES = 5, 4
#: Pages read at a moment; over all histories each kind of page is read many times.
PAGES = 24
#: Pages read again after a suppression.
REREAD = 40
FILTERS = "country=KZ&mineral=lithium"
BOX = "zoom=4&bbox=40,30,90,60"
EVERYWHERE = [
    "/en/",
    f"/en/?{FILTERS}",
    f"/en/map/data/?{BOX}",
    f"/en/map/data/?{BOX}&{FILTERS}",
    "/en/map/data/?zoom=9&bbox=60,44,70,47&record=deposit",
    f"/en/embed/map/?{FILTERS}",
    "/en/near/?q=45,66&km=900",
    *(f"/en/{part}/" for part in ("deposits", "projects", "partners", "sources", "countries", "minerals")),
    f"/en/deposits/?{FILTERS}&sort=-claims",
    "/en/projects/?stage=operating",
    "/en/search/?q=Renamed",
    "/en/search/suggest/?q=Akbulak",
    "/en/corrections/",
    "/en/feeds/all.atom",
    "/en/feeds/corrections.atom",
    f"/en/feeds/map.atom?{FILTERS}",
    "/en/health-of-the-record/",
    "/en/data/deposits.csv",
    "/en/data/projects.json",
    "/en/data/changes.csv",
    "/api/v1/deposits",
    "/api/v1/sources",
    "/api/features/collections/deposits/items",
]
#: What follows the address of a record or claim.
BESIDE_RECORD = ("", "cite/", "cite.json", "feed.atom", "changes/", "embed/")
BESIDE_CLAIM = ("", "cite/", "cite.bib")
API = ("", "/claims", "/points")
#: What pages of the past say differently by intent: their links, and what one can do only now.
BY_INTENT = [
    re.compile(r"as_of(=|%3D)[\w.:+%-]*"),
    re.compile(r"\?|&amp;|&|%3F|%26|\\u0026"),
    re.compile(r'<ul class="(?:inline-list )?share-links".*?</ul>', re.DOTALL),
    re.compile(r'<p class="small[^"]*"><a href="/en/suggest/.*?</p>', re.DOTALL),
    re.compile(r'<label class="option"><input type="checkbox" name="fixed".*?</label>', re.DOTALL),
    re.compile(r'<input type="hidden" name="as_of"[^>]*>'),
    re.compile(r'<p><a href="[^"]*">The page at the second moment</a></p>'),
    re.compile(r'"(suffix|timeStamp)": ?"[^"]*",?|quot;asOfquot;: ?quot;[\w.:+-]*quot;'),
    re.compile(r"\s+"),
]


def pages_of(world: World) -> list[str]:
    """Every page that tells of this record, without its moment."""
    found = list(EVERYWHERE)
    for record in (record for kind in world.records.values() for record in kind):
        found += [address(record) + ending for ending in BESIDE_RECORD]
        found += [f"/api/v1/records/{record.pk}{ending}" for ending in API]
        found += [f"/en/embed/{record.kind}/{record.pk}/", f"/en/data/records/{record.pk}.csv"]
    for number, subject, point in Claim.objects.values_list("pk", "subject_id", "point"):
        found += [f"/en/claims/{number}/{ending}" for ending in BESIDE_CLAIM]
        found += [f"/api/v1/claims/{number}", f"/en/embed/point/{subject}/{point}/"]
    return found


def served(client: Client, page: str, as_of: str = "") -> str:
    """What a page says, without its frame, the moment in its links, and what one can do only now."""
    suffix = f"{'&' if '?' in page else '?'}as_of={quote(as_of)}" if as_of else ""
    answer = client.get(page + suffix, follow=True)
    text = b"".join(answer).decode()
    text = text[text.find("<main") : text.find("</main")] if "<main" in text else text
    for difference in BY_INTENT:
        text = difference.sub("", text)
    return f"{answer.status_code} {text}"


@settings(
    max_examples=4,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # a smaller seed is no simpler history
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 2**32))
def test_every_page_of_a_moment_says_for_ever_what_it_said_then(seed: int) -> None:
    chance = Random(seed)
    client = Client()
    with transaction.atomic():
        keeper.forget()
        world = World(chance)
        said: dict[tuple[int, str], str] = {}
        for _moment in range(MOMENTS):
            for page in chance.sample(pages_of(world), PAGES):
                said[clock.newest(), page] = served(client, page)
            for _change in range(CHANGES):
                world.step()
        for (tick, page), then in said.items():
            assert served(client, page, moment(tick, chance)) == then, (tick, page)
        assert len({text for text in said.values() if text.startswith("200")}) > PAGES
        suppression_alone_reaches_back(client, world, said)
        transaction.set_rollback(True)
    keeper.forget()


def suppression_alone_reaches_back(client: Client, world: World, said: dict[tuple[int, str], str]) -> None:
    """After a suppression the moments before the claim are as they were, and later ones show it nowhere."""
    everything = "\n".join(said.values())
    hideable = {
        claim: pattern
        for claim in world.hideable()
        if (pattern := re.compile("|".join([rf'id="claim-{claim.pk}"', *world.figures_of(claim)])))
        and pattern.search(everything)
    }
    claim = world.chance.choice(list(hideable))
    world.suppress(claim)
    shown = re.compile(rf"{hideable[claim].pattern}|claims/{claim.pk}\b")
    for tick, page in world.chance.sample(list(said), REREAD):
        now = served(client, page, str(tick))
        if tick < claim.published_tick:
            assert now == said[tick, page], (tick, page)
        elif "/claims/" not in page:
            assert not shown.search(now), (tick, page)
        elif re.search(rf"/claims/{claim.pk}\b", page):
            assert now.startswith(("451", "410", "404")), (tick, page)


def moment(tick: int, chance: Random) -> str:
    """A tick as a reader may write it: its number or the instant."""
    if chance.random() < 0.5:
        return str(tick)
    return Tick.objects.get(number=tick).at.isoformat()
