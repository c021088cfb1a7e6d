import pytest
from django.template import Context, Template
from django.test import Client

from atlas.addresses import address
from atlas.citing.items import source_item
from atlas.citing.meta import json_ld
from sources import review

from .conftest import Told

pytestmark = pytest.mark.django_db


def rendered(client: Client, path: str, tag: str) -> str:
    """A tag in the context of the page at a path."""
    context = client.get(path).context
    whole = context[0] if isinstance(context, list) else context  # the others are of the parts it includes
    return Template("{% load sharing %}{% " + tag + " %}").render(Context(whole.flatten()))


def test_a_record_page_names_its_picture_its_embed_and_its_feed(client: Client, told: Told) -> None:
    head = rendered(client, address(told.deposit), "sharing")

    assert f'og:image" content="http://testserver/en/preview/deposit/{told.deposit.pk}.png"' in head
    assert 'type="application/json+oembed"' in head
    assert 'type="text/xml+oembed"' in head
    assert f'href="{address(told.deposit)}feed.atom"' in head


def test_what_the_head_names_is_there(client: Client, told: Told) -> None:
    for path in (address(told.deposit), f"/en/claims/{told.claim.pk}/", "/en/?country=UZ"):
        head = rendered(client, path, "sharing")
        for attribute in ('content="http://testserver/en/preview', 'href="http://testserver/oembed'):
            start = head.index(attribute) + attribute.index("http")
            named = head[start : head.index('"', start)].replace("&amp;", "&")
            assert client.get(named.removeprefix("http://testserver")).status_code == 200


def test_a_filtered_map_has_the_picture_of_its_filters(client: Client, told: Told) -> None:
    assert "/en/preview/map.png?country=UZ" in rendered(client, "/en/?country=UZ", "sharing")


def test_a_withdrawn_claim_has_its_records_picture(client: Client, told: Told) -> None:
    review.retract(told.claim, by=told.editor, because="Wrong.")

    head = rendered(client, f"/en/claims/{told.claim.pk}/", "sharing")

    assert f"/en/preview/deposit/{told.deposit.pk}.png" in head


def test_a_page_of_the_past_has_the_picture_of_then(client: Client, told: Told) -> None:
    head = rendered(client, f"{address(told.deposit)}?as_of={told.tick}", "sharing")

    assert f".png?as_of={told.tick}" in head


def test_pages_about_nothing_single_have_the_whole_maps_picture_and_nothing_to_embed(
    client: Client, told: Told
) -> None:
    head = rendered(client, "/en/corrections/", "sharing")

    assert 'og:image" content="http://testserver/en/preview/map.png"' in head
    assert "oembed" not in head


def test_a_record_can_be_cited_embedded_followed_and_linked_for_good(client: Client, told: Told) -> None:
    links = rendered(client, address(told.deposit), "share_links")

    for end in ("cite/", "embed/", "changes/", "feed.atom"):
        assert f'href="{address(told.deposit)}{end}"' in links
    assert f'href="/d/{told.deposit.pk}"' in links
    assert f'data-copy="http://testserver/d/{told.deposit.pk}?as_of={told.tick}"' in links


def test_a_claim_can_be_cited_embedded_and_linked_for_good(client: Client, told: Told) -> None:
    links = rendered(client, f"/en/claims/{told.claim.pk}/", "share_links")

    assert f'href="/en/claims/{told.claim.pk}/cite/"' in links
    assert f"embed/?point=estimate%2F{told.mineral.pk}" in links
    assert f'href="/c/{told.claim.pk}"' in links


def test_a_page_of_the_past_leads_to_what_changed_since(client: Client, told: Told) -> None:
    links = rendered(client, f"{address(told.deposit)}?as_of={told.tick}", "share_links")

    assert f"changes/?from={told.tick}" in links


def test_the_map_can_be_embedded_followed_and_linked_as_it_is_filtered(client: Client, told: Told) -> None:
    links = rendered(client, "/en/?country=UZ", "map_links")

    assert 'href="/en/map/embed/?country=UZ"' in links
    assert 'href="/en/feeds/map.atom?country=UZ"' in links
    assert f'href="/en/?country=UZ&amp;as_of={told.tick}"' in links
    assert 'class="inline-list share-links"' in client.get("/en/?country=UZ").content.decode()


@pytest.mark.parametrize("path", ["/en/deposits/?country=UZ", "/en/?country=UZ", "/en/search/?q=Shavazsay"])
def test_every_page_links_to_itself_as_it_is_now(client: Client, told: Told, path: str) -> None:
    fixed = f"{path}&as_of={told.tick}"

    assert f'href="{fixed.replace("&", "&amp;")}"' in client.get(path).content.decode()
    assert "Link to this page as it is now" not in client.get(fixed).content.decode()


def test_a_page_of_the_past_says_what_it_is_and_leads_to_the_differences(client: Client, told: Told) -> None:
    told.replaced_by(quantity=1200)

    for path in (address(told.deposit), f"/en/claims/{told.claim.pk}/"):
        page = client.get(f"{path}?as_of={told.tick}").content.decode()
        assert "not the state of the mines and projects then" in page
        assert "Something in the atlas has changed since." in page
        differences = f"{address(told.deposit)}changes/?from={told.tick}"
        assert f'<a href="{differences}">See what changed here</a>' in page
        assert "claim replaced" in client.get(differences).content.decode()


def test_a_page_carries_citation_tags_and_json_ld(client: Client, told: Told) -> None:
    page = client.get(f"/en/claims/{told.claim.pk}/").content.decode()

    assert '<meta name="citation_title" content="First report">' in page
    assert f'<meta name="citation_public_url" content="{told.claim.source.url}">' in page
    assert '"@type": "Claim", "text": "Shavazsay: resource estimate, lithium: 1,000' in page


def test_a_title_cannot_end_the_json_ld(client: Client, told: Told) -> None:

    told.claim.source.name = "</script><script>alert(1)</script>"

    assert "</script><script>" not in json_ld(source_item(told.claim.source))
