"""The browser the other tests drive: the machine's Chromium, the desk in it, and no way out of the site."""

import pytest
from playwright.sync_api import Error, Page


@pytest.mark.django_db(transaction=True)
def test_the_desks_sign_in_runs_under_its_policy_and_asks_nobody_else(
    page: Page, live_server, closed_network: list[str]
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("somebody")
    assert page.title()
    assert complaints == []
    assert closed_network == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("host", ["https://example.org/", "http://localhost.example.org:8081/"])
def test_the_closed_network_refuses_and_records_other_hosts(
    page: Page, live_server, closed_network: list[str], host: str
) -> None:
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto(host)
    assert closed_network == [host]
