import re

import pytest
from django.test import Client

from sources.models import Claim

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_claim_of_every_kind_on_every_kind_of_record_has_its_page_and_all_that_it_links_to(
    loaded: int, client: Client
) -> None:
    kinds = Claim.objects.as_of(loaded).order_by().values_list("kind", "subject__kind").distinct()
    assert ("finding", "region") in kinds
    for kind, about in kinds:
        claim = Claim.objects.as_of(loaded).filter(kind=kind, subject__kind=about).first()
        page = client.get(f"/en/claims/{claim.pk}/")
        assert page.status_code == 200, (kind, about)
        html = page.content.decode()
        image = re.search(r'property="og:image" content="http://testserver([^"]+)"', html)
        assert image, (kind, about)
        assert client.get(image[1].replace("&amp;", "&")).status_code == 200, (kind, about)
        inside = set(re.findall(r'href="(/(?:en|c|d|p|oembed|feeds)[^"]*)"', html))
        for address in inside:
            assert client.get(address.replace("&amp;", "&")).status_code in (200, 301, 302), (
                kind,
                about,
                address,
            )
