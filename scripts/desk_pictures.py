"""Make the pictures of docs/editors.md anew, following it at a fresh desk in Chromium.

    python scripts/desk_pictures.py            # writes docs/images/desk-*.png; takes a minute or two
    python scripts/desk_pictures.py readers    # one part of it alone

The desk is the demonstration on a database of its own, which is thrown away. What is entered repeats claims
that the record holds; what is plainly an example is called so.
"""

import base64
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from django_otp.oath import totp
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

REPOSITORY = Path(__file__).resolve().parent.parent
PICTURES = REPOSITORY / "docs" / "images"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
WIDTH = 1200
COLOURS = 64
#: Source 5354 reports a million tonnes at deposit 3001, Kuirektykol.
SOURCE, DEPOSIT, ESTIMATE = 5354, 3001, "1 млн т"
#: Publisher of source 5008, from which an estimate and an occurrence of that deposit wait.
BATCH = "Qazinform"
#: The claim that the example of a suppression is about.
PUBLISHED = 6
#: A reader who sends within so many seconds is taken for a machine.
READING_SECONDS = 4
PASSWORD = "a long phrase for one picture"
EXAMPLE = "https://example.org/an-example-article"
TABLE = f"""subject,mineral,quantity,unit,as_of,source
Example Hill,tungsten,"18,5 млн т",,апрель 2025,{EXAMPLE}
Kuirektykol,rare earth elements,1000000,t,2025-04,5354
Example Hill,tin,"1,200 t",,2025,{EXAMPLE}
"""


def main() -> None:
    sys.path.insert(0, str(REPOSITORY))
    with tempfile.TemporaryDirectory() as directory:
        os.environ.pop("DATABASE_URL", None)
        os.environ |= {
            "ATLAS_DATA_DIR": directory,
            "ATLAS_DEMONSTRATION": "1",
            "DJANGO_SETTINGS_MODULE": "atlas.settings",
        }
        passwords = set_up()
        submit_examples()
        with served(Path(directory)) as site, chromium() as browser:
            desk = Desk(browser, site, passwords)
            for part in (of_contributors, of_editors, of_readers, of_doubles, of_administrators):
                if sys.argv[1:] in ([], [part.__name__.removeprefix("of_")]):
                    part(desk)


# The desk


def set_up() -> dict[str, str]:
    """Prepare the demonstration as `make run` does; the passwords of its accounts."""
    manage("migrate", "--verbosity", "0")
    said = manage("set_up_demonstration")
    manage("collectstatic", "--no-input", "--verbosity", "0")
    return dict(re.findall(r"(demo-\w+) +(\w+)", said))


def manage(*words: str) -> str:
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(command, cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True).stdout


def submit_examples() -> None:
    """Let claims wait for review: copies of published ones, entered by the contributor."""
    import django

    django.setup()
    from accounts.models import User
    from deposits.models import Country, Deposit, Location, Occurrence, ResourceEstimate
    from sources import review
    from sources.models import Publisher, Source

    contributor = User.objects.get(username="demo-contributor")
    made = []
    for model, sources in (
        (ResourceEstimate, (5008, 5012, SOURCE)),
        (Occurrence, (5008,)),
        (Location, (5007,)),
    ):
        for claim in model.objects.filter(subject_id=DEPOSIT, source_id__in=sources).order_by("pk"):
            stated = {name: getattr(claim, name) for name in model.STATEMENT_FIELDS}
            copied = {name: getattr(claim, name) for name in ("subject_id", "source_id", "as_of", "excerpt")}
            made.append(model.objects.create(author=contributor, edited_by=contributor, **copied, **stated))
    review.submit(made, contributor)
    Deposit.objects.create(name="Example Hill", country=Country.objects.get(name="Kazakhstan"))
    publisher = Publisher.objects.create(name="Example News")
    Source.objects.create(
        name="An example article", url=EXAMPLE, publisher=publisher, type="news", language="ru"
    )
    django.db.connections.close_all()


@contextmanager
def served(directory: Path) -> Iterator[str]:
    """The address of the desk, served as `make run` does."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site = f"127.0.0.1:{probe.getsockname()[1]}"
    command = [sys.executable, "-m", "gunicorn", "atlas.wsgi", "--bind", site, "--threads", "4"]
    with (directory / "gunicorn.log").open("w") as log:
        server = subprocess.Popen(command, cwd=REPOSITORY, stdout=log, stderr=log)
    try:
        for _attempt in range(300):
            try:
                urllib.request.urlopen(f"http://{site}/admin/login/").close()
                break
            except OSError:
                time.sleep(0.2)
        yield f"http://{site}"
    finally:
        server.terminate()
        server.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    executable = next(filter(None, map(shutil.which, CHROMIUM)), None)
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=executable, args=["--disable-gpu", *sandbox])
        yield browser
        browser.close()


class Desk:
    """The desk in a browser, and its people."""

    def __init__(self, browser: Browser, site: str, passwords: dict[str, str]) -> None:
        self.browser, self.site, self.passwords = browser, site, passwords

    def opened_by(self, group: str, address: str, height: int = 900) -> Page:
        """A page of the desk, with somebody of a group signed in."""
        context = self.browser.new_context(viewport={"width": WIDTH, "height": height})
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.goto(f"{self.site}/admin/login/?next={address}")
        page.locator("#id_username").fill(f"demo-{group}")
        page.locator("#id_password").fill(self.passwords[f"demo-{group}"])
        press(page, page.get_by_role("button", name="Log in"))
        return page


def press(page: Page, what: Any) -> None:
    with page.expect_navigation():
        what.click()


def take(page: Page, name: str) -> None:
    """Keep a picture of the window, with few colours."""
    page.wait_for_load_state("networkidle")
    shot = page.screenshot(animations="disabled")
    image = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    path = PICTURES / f"desk-{name}.png"
    image.save(path, optimize=True)
    print(f"{path.relative_to(REPOSITORY)}: {image.width} x {image.height}, {path.stat().st_size:,} bytes")


# The pictures


def of_contributors(desk: Desk) -> None:
    page = desk.opened_by("contributor", "/admin/", 620)
    page.set_viewport_size({"width": 1280, "height": 640})  # from here on with the side bar
    take(page, "start")
    page.set_viewport_size({"width": WIDTH, "height": 500})
    press(page, page.get_by_role("link", name="Add a source by its address"))
    page.locator("#id_address").fill(
        "https://kazpravda.kz/n/krupnoe-mestorozhdenie-redkozemelnyh-metallov-obnaruzhili-v-karagandinskoy-oblasti/"
    )
    press(page, page.get_by_role("button", name="Look it up"))
    take(page, "address")
    press(page, page.get_by_role("link", name="Enter facts"))
    press(page, page.get_by_role("link", name="Resource estimate", exact=True))
    page.set_viewport_size({"width": WIDTH, "height": 760})
    choose(page, "subject", "Куйректыколь", "Kuirektykol")
    choose(page, "mineral", "rare earth", "rare earth")
    page.locator("#id_quantity").fill(ESTIMATE)
    page.locator("#id_quantity").press("Tab")
    page.locator("#id_quantity-understood", has_text="=").wait_for()
    page.locator("#id_subject").evaluate("field => field.form.scrollIntoView()")
    take(page, "facts")
    page.goto(f"{desk.site}/admin/import/")
    page.set_viewport_size({"width": WIDTH, "height": 430})
    page.locator("select[name=kind]").select_option("estimate")
    file = {"name": "estimates.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("input[type=file]").set_input_files(file)
    press(page, page.get_by_role("button", name="Show the plan"))
    page.get_by_role("button", name=re.compile(r"Enter \d+ draft")).wait_for()
    take(page, "plan")


def of_editors(desk: Desk) -> None:
    page = desk.opened_by("editor", "/admin/sources/claim/?status__exact=submitted", 640)
    page.evaluate("localStorage.clear()")
    take(page, "queue")
    page.set_viewport_size({"width": WIDTH, "height": 900})
    press(page, page.get_by_role("link", name=BATCH).first)
    take(page, "batch")
    page.go_back()
    page.set_viewport_size({"width": WIDTH, "height": 1000})
    press(page, page.locator("a.desk-line", has_text="1,000,000"))
    take(page, "review")
    page.goto(f"{desk.site}/admin/second-factor/set-up/")
    page.set_viewport_size({"width": WIDTH, "height": 760})
    take(page, "second-factor")
    record = f"/admin/deposits/deposit/{DEPOSIT}/change/"
    page.goto(desk.site + record)
    other = desk.opened_by("administrator", record, 760)
    for who, note in ((other, "The name was compared with the register."), (page, "See also the register.")):
        who.locator("#id_note").fill(note)
        press(who, who.locator("[name=_continue]"))
    page.set_viewport_size({"width": WIDTH, "height": 560})
    page.evaluate("scrollTo(0, 0)")
    take(page, "meanwhile")


def of_readers(desk: Desk) -> None:
    reader = desk.browser.new_context().new_page()
    reader.goto(f"{desk.site}/d/{DEPOSIT}")
    press(reader, reader.get_by_role("link", name="Tell us of an error or a source").first)
    reader.locator("#id_address").fill(EXAMPLE)
    reader.locator("#id_sentence").fill("An example: the article names another year for this estimate.")
    time.sleep(READING_SECONDS)
    press(reader, reader.get_by_role("button", name="Send to the editors"))
    page = desk.opened_by("editor", "/admin/", 560)
    page.set_viewport_size({"width": 1280, "height": 640})
    press(page, page.get_by_role("link", name="From readers").first)
    page.set_viewport_size({"width": WIDTH, "height": 640})
    press(page, page.get_by_role("link", name="An example:"))
    take(page, "reader")
    page.locator("#answer-words").fill("Thank you: the estimate of that year stands beside it now.")
    press(page, page.get_by_role("button", name="Taken up otherwise"))
    reader.reload()
    reader.get_by_text("the estimate of that year stands beside it now").wait_for()


def of_doubles(desk: Desk) -> None:
    page = desk.opened_by("editor", "/admin/", 560)
    page.set_viewport_size({"width": 1280, "height": 640})
    press(page, page.get_by_role("link", name="Likely duplicates").first)
    page.set_viewport_size({"width": WIDTH, "height": 640})
    press(page, page.get_by_role("link", name="Compare").first)
    take(page, "doubles")


def of_administrators(desk: Desk) -> None:
    first = desk.opened_by("administrator", "/admin/", 560)
    first.set_viewport_size({"width": 1280, "height": 900})
    press(first, first.get_by_role("link", name="Accounts").first)
    first.set_viewport_size({"width": WIDTH, "height": 760})
    first.goto(first.url + "add/")
    first.locator("#id_username").fill("second")
    first.locator("#id_public_name").fill("Second Administrator")
    for field in ("#id_password1", "#id_password2"):
        first.locator(field).fill(PASSWORD)
    first.get_by_label("Staff status").check(force=True)
    first.locator("#id_groups").select_option(label="administrator")
    press(first, first.locator("[name=_save]"))
    claim = f"{desk.site}/admin/sources/claim/{PUBLISHED}/change/"
    first.goto(claim)
    first.locator("summary", has_text="Ask to suppress for legal reasons…").click()
    first.locator("#words-ask-suppression").fill("An example: a court order, its date and file number.")
    press(first, first.get_by_role("button", name="Ask to suppress for legal reasons"))
    second = desk.browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    second.goto(f"{desk.site}/admin/login/?next=/admin/")
    second.locator("#id_username").fill("second")
    second.locator("#id_password").fill(PASSWORD)
    press(second, second.get_by_role("button", name="Log in"))
    secret = second.locator("code").first.inner_text().replace(" ", "")
    second.locator("input[autocomplete=one-time-code]").fill(f"{totp(base64.b32decode(secret)):06}")
    press(second, second.get_by_role("button", name="Set up"))
    second.goto(f"{desk.site}/admin/")
    press(second, second.get_by_role("link", name="Suppression").first)
    press(second, second.get_by_role("link", name=str(PUBLISHED), exact=True))
    second.set_viewport_size({"width": WIDTH, "height": 560})
    take(second, "suppression")
    press(second, second.get_by_role("button", name="Confirm the suppression"))
    reader = desk.browser.new_context().new_page()
    hidden = reader.goto(f"{desk.site}/c/{PUBLISHED}")
    assert hidden is not None and hidden.status == 451, "the claim is still there"


def choose(page: Page, field: str, typed: str, called: str) -> None:
    """Choose a record in a field that looks records up while one types."""
    page.locator(f".field-{field} .select2-selection").first.click()
    page.locator(".select2-search__field").last.fill(typed)
    page.locator(".select2-results__option", has_text=called).first.click()
    page.locator(f"#id_{field} option:checked", has_text=called).wait_for(state="attached")


if __name__ == "__main__":
    main()
