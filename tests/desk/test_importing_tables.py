"""Importing a table of claims: a plan line by line, then exactly that plan as drafts, all or nothing."""

import io
import re
import time
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped]

from deposits.models import Occurrence, ResourceEstimate
from projects.models import Investment
from sources.importing import Line, Outcome, apply, columns_of, plan
from sources.models.claims import claim_kinds
from sources.tables import TableRefused, read_table
from tests.desk.forms import signed_in
from tests.factories import (
    DepositFactory,
    MineralFactory,
    OccurrenceFactory,
    ProjectFactory,
    SourceFactory,
    person,
    published,
)

pytestmark = pytest.mark.django_db
HEAD = "subject,mineral,quantity,unit,as_of,source"


@pytest.fixture
def world() -> dict[str, Any]:
    """A deposit, a mineral and a source that tables can name."""
    return {
        "deposit": DepositFactory(name="Kuirektykol"),
        "mineral": MineralFactory(name="Tungsten"),
        "source": SourceFactory(name="An article", url="https://news.example/1"),
    }


def planned(text: str, model: Any = ResourceEstimate) -> list[Line]:
    return plan(model, read_table("table.csv", text.encode()))


def workbook(*rows: list[Any]) -> bytes:
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def broken_workbook() -> bytes:
    """A workbook whose sheet is no XML."""
    whole, file = io.BytesIO(workbook(["subject"], ["x"])), io.BytesIO()
    with ZipFile(whole) as read, ZipFile(file, "w") as written:
        for name in read.namelist():
            written.writestr(name, b"<sheet" if "sheet1" in name else read.read(name))
    return file.getvalue()


def problem(line: Line) -> str:
    [(cell, why)] = line.problems
    return f"{cell}: {why}"


# Reading


def test_a_line_is_read_as_people_type(world: dict[str, Any]) -> None:
    text = f'{HEAD}\nkuirektykol,tungsten,"18,5 млн т",,сәуір 2025,http://www.news.example/1/\n'
    [line] = planned(text)
    assert (line.outcome, line.problems) == (Outcome.NEW, [])
    claim = line.claim
    assert (claim.subject_id, claim.mineral, claim.source) == (
        world["deposit"].pk,
        world["mineral"],
        world["source"],
    )
    assert (float(claim.quantity), claim.unit, claim.as_of) == (18.5, "Mt", "2025-04")


def test_a_workbook_is_read_like_a_csv_file(world: dict[str, Any]) -> None:
    content = workbook(HEAD.split(","), [world["deposit"].pk, "Tungsten", 18.5, "Mt", 2025, "An article"])
    [line] = plan(ResourceEstimate, read_table("table.xlsx", content))
    assert (line.outcome, float(line.claim.quantity), line.claim.as_of) == (Outcome.NEW, 18.5, "2025")


def test_semicolons_and_a_byte_order_mark_are_no_trouble(world: dict[str, Any]) -> None:
    text = "\ufeff" + HEAD.replace(",", ";") + "\nKuirektykol;Tungsten;18,5;t;2025;An article\n"
    assert float(planned(text)[0].claim.quantity) == 18.5


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Kuirektykol,Tungsten,5-7,t,2025,An article", "C2 (quantity): That is a range"),
        ("Kuirektykol,Tungsten,5,bushel,2025,An article", "D2 (unit): "),
        ("Kuirektykol,Tungsten,5 Mt,t,2025,An article", "D2 (unit): The figure says Mt"),
        ("Kuirektykol,Tungsten,5,t,last spring,An article", "E2 (as_of): “last spring” is no date"),
        ("Atlantis,Tungsten,5,t,2025,An article", "A2 (subject): No record is called “Atlantis”"),
        ("Kuirektykol,Tungsten,5,t,2025,", "F2 (source): This column is needed."),
        ("Kuirektykol,,5,t,2025,An article", "B2 (mineral): This column is needed."),
        ("Kuirektykol,Tungsten,5,,2025,An article", "D2 (unit): A quantity needs a unit"),
    ],
)
def test_what_is_wrong_is_said_with_the_cell(world: dict[str, Any], line: str, said: str) -> None:
    [found] = planned(f"{HEAD}\n{line}\n")
    assert found.outcome == Outcome.ERROR
    assert problem(found).startswith(said)


def test_a_name_that_two_records_have_is_asked_for_by_number(world: dict[str, Any]) -> None:
    namesake = DepositFactory(name="Kuirektykol")
    [line] = planned(f"{HEAD}\nKuirektykol,Tungsten,5,t,2025,An article\n")
    assert str(namesake.pk) in problem(line) and str(world["deposit"].pk) in problem(line)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", HEAD.encode() + "\nx,медь".encode("cp1251"), "Cell B2 is not UTF-8"),
        ("a.csv", f"{HEAD}\nx,a\0b,c,d,e,f".encode(), "Cell B2 holds a character that is none"),
        ("a.csv", f"{HEAD}\n=1+1,b,c,d,e,f".encode(), "Cell A2 holds a formula"),
        ("a.xlsx", workbook(["subject"], ["=1+1"]), "Cell A2 holds a formula"),
        ("a.xlsx", b"not a workbook", "no Excel workbook"),
        ("a.xlsx", broken_workbook(), "no Excel workbook"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"subject,subject\n", "there twice"),
        ("a.csv", b"subject\na,b\n", "Line 2 has more cells"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_the_place(name: str, content: bytes, said: str) -> None:
    with pytest.raises(TableRefused, match=said):
        read_table(name, content)


def test_an_unknown_column_is_named() -> None:
    with pytest.raises(ValueError, match="no column “colour”"):
        planned("subject,colour\n")


# Planning


def occurrences(*lines: str) -> list[Outcome]:
    return [
        line.outcome
        for line in planned("\n".join(["subject,mineral,role,source,replaces", *lines]), Occurrence)
    ]


def test_the_plan_tells_new_same_replacing_and_possibly_double(world: dict[str, Any]) -> None:
    subject, mineral, source = world["deposit"], world["mineral"], world["source"]
    standing = published(OccurrenceFactory(subject=subject, mineral=mineral, source=source, role="main"))
    MineralFactory(name="Tin")
    assert occurrences(
        "Kuirektykol,Tungsten,main,An article,",
        "Kuirektykol,Tungsten,by-product,An article,",
        "Kuirektykol,Tin,main,An article,",
        "Kuirektykol,Tin,main,An article,",
        f"Kuirektykol,Tungsten,by-product,An article,{standing.pk}",
        "Kuirektykol,Tin,main,An article,99999",
    ) == ["same", "duplicate", "new", "same", "changed", "error"]


# Applying


def test_the_plan_becomes_drafts_of_whoever_confirms(world: dict[str, Any]) -> None:
    contributor = person("contributor", "contributor")
    made = apply(planned(f"{HEAD}\nKuirektykol,Tungsten,5,t,2025,An article\n"), set(), contributor)
    claim = ResourceEstimate.objects.get()
    assert [claim.pk] == [one.pk for one in made]
    assert (claim.status, claim.author, claim.edited_by) == ("draft", contributor, contributor)


def test_lists_of_records_are_kept(world: dict[str, Any]) -> None:
    project, tin = ProjectFactory(name="A mine"), MineralFactory(name="Tin")
    text = (
        "subject,amount,status_of_money,minerals,source\nA mine,$1.2 bn,announced,Tungsten; Tin,An article\n"
    )
    apply(planned(text, Investment), set(), person("contributor", "contributor"))
    claim = Investment.objects.get(subject=project)
    assert (claim.amount, claim.currency) == (1_200_000_000, "USD")
    assert set(claim.minerals.all()) == {world["mineral"], tin}


def test_a_line_that_fails_takes_all_others_with_it(world: dict[str, Any]) -> None:
    lines = planned(
        f"{HEAD}\nKuirektykol,Tungsten,5,t,2025,An article\nKuirektykol,Tungsten,6,t,2025,An article\n"
    )
    lines[1].claim.quantity = -1
    with pytest.raises(IntegrityError):
        apply(lines, set(), person("contributor", "contributor"))
    assert not ResourceEstimate.objects.exists()


def test_strangers_apply_nothing(world: dict[str, Any]) -> None:
    with pytest.raises(PermissionDenied):
        apply([], set(), person("reader"))


# At the desk


def upload(client: Client, text: str) -> Any:
    file = SimpleUploadedFile("table.csv", text.encode())
    return client.post(reverse("admin:import"), {"kind": "estimate", "file": file})


def plan_page(client: Client) -> str:
    """The plan as the browser has it when all of it has arrived."""
    return client.get(reverse("admin:import_plan")).getvalue().decode()


def plan_in(page: str) -> str:
    """What tells the shown plan from another."""
    found = re.search(r'name="plan" value="(\w+)"', page)
    assert found
    return found.group(1)


def test_the_plan_is_shown_first_and_a_line_can_be_left_out(world: dict[str, Any]) -> None:
    client = signed_in(person("contributor", "contributor"))
    text = f"{HEAD}\nKuirektykol,Tungsten,5,t,2025,An article\nKuirektykol,Tungsten,6,t,2024,An article\n"
    upload(client, text + "Atlantis,Tungsten,6,t,2024,An article\n")
    shown = plan_page(client)
    assert "A4 (subject)" in shown
    assert not ResourceEstimate.objects.exists()
    client.post(reverse("admin:import_plan"), {"plan": plan_in(shown), "leave_out": "3"})
    assert [float(claim.quantity) for claim in ResourceEstimate.objects.all()] == [5.0]


def test_a_plan_that_the_record_overtook_is_shown_anew(world: dict[str, Any]) -> None:
    client = signed_in(person("contributor", "contributor"))
    text = f"{HEAD}\nKuirektykol,Tungsten,5,t,2025,An article\n"
    upload(client, text)
    shown = plan_page(client)
    apply(planned(text), set(), person("another", "contributor"))
    response = client.post(reverse("admin:import_plan"), {"plan": plan_in(shown)})
    assert response.status_code == 409
    assert "look at the plan again" in response.content.decode()
    assert ResourceEstimate.objects.count() == 1


def test_progress_is_sent_while_the_plan_is_made(world: dict[str, Any]) -> None:
    client = signed_in(person("contributor", "contributor"))
    line = "Kuirektykol,Tungsten,{},t,2025,An article"
    upload(client, "\n".join([HEAD, *(line.format(n + 1) for n in range(600))]))
    response = client.get(reverse("admin:import_plan"))
    assert response.streaming
    parts = [part.decode() for part in response.streaming_content]
    said = [part for part in parts if "desk-progress" in part]
    assert ["of 600 read" in part for part in said] == [True] * 3
    assert parts.index(said[-1]) < next(n for n, part in enumerate(parts) if 'name="plan"' in part)
    assert "<html" in parts[0] and "</html>" in parts[-1]


def test_neither_our_compression_nor_a_proxy_holds_progress_back(world: dict[str, Any]) -> None:
    client = signed_in(person("contributor", "contributor"))
    upload(client, f"{HEAD}\nKuirektykol,Tungsten,5,t,2025,An article\n")
    response = client.get(reverse("admin:import_plan"), headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "identity"
    assert response.headers["X-Accel-Buffering"] == "no"


def test_a_file_that_cannot_be_read_is_refused_in_words() -> None:
    response = upload(signed_in(person("contributor", "contributor")), "subject,colour\n")
    assert response.status_code == 422
    assert "Cell B1: there is no column “colour”" in response.content.decode()


@pytest.mark.parametrize("kind", claim_kinds())
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_each_kinds_template_can_be_planned(kind: str, ending: str) -> None:
    client = signed_in(person("contributor", "contributor"))
    content = client.get(reverse("admin:import_template", args=[kind, ending])).content
    table = read_table(f"{kind}.{ending}", content)
    assert list(table.columns) == columns_of(claim_kinds()[kind])
    assert plan(claim_kinds()[kind], table) == []


def test_the_workbook_says_what_belongs_in_each_column() -> None:
    client = signed_in(person("contributor", "contributor"))
    content = client.get(reverse("admin:import_template", args=["estimate", "xlsx"])).content
    rows = list(load_workbook(io.BytesIO(content))["columns"].iter_rows(min_row=2, values_only=True))
    assert [row[0] for row in rows] == columns_of(ResourceEstimate)
    assert all(row[2] for row in rows)
    assert "contained metal" in next(row[3] for row in rows if row[0] == "basis")


def test_importing_is_for_people_who_enter_claims() -> None:
    for name in ("import", "import_plan"):
        assert Client().get(reverse(f"admin:{name}")).status_code == 302
        assert signed_in(person("reader")).get(reverse(f"admin:{name}")).status_code == 302
    for who in ("contributor", "editor", "administrator"):
        assert signed_in(person(who, who)).get(reverse("admin:import")).status_code == 200


@pytest.mark.slow
def test_a_file_of_five_thousand_lines_previews_within_twenty_seconds(world: dict[str, Any]) -> None:
    """Counted in this process's own time, whatever else the machine does."""
    client = signed_in(person("contributor", "contributor"))
    line = 'Kuirektykol,Tungsten,"{},5 тыс. т",,02.04.{},An article'
    upload(client, "\n".join([HEAD, *(line.format(n + 1, 1950 + n % 70) for n in range(5_000))]))
    began = time.process_time()
    page = plan_page(client)
    assert time.process_time() - began < 20
    assert page.count('name="leave_out"') == 5_000
