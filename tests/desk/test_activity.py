"""Everything an account did can be listed; accounts are closed, never deleted."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.urls import reverse

from accounts.models import User
from sources import review, suppression
from sources.activity import ACTS, acts_of, counts
from tests.desk.forms import address, filled, signed_in
from tests.factories import DepositFactory, EstimateFactory, FindingFactory, person, published, submitted

pytestmark = pytest.mark.django_db


def page_of(someone, number=None, **asked):
    place = reverse("admin:activity", args=[number]) if number else reverse("admin:own_activity")
    return signed_in(someone).get(place, asked)


def lines(page) -> list[tuple[str, str, str]]:
    return [(str(label), line[0], line[2]) for label, _at, line in page.context["rows"]]


def test_every_kind_of_act_is_listed(editor, administrator, second_administrator) -> None:
    other = person("other", "contributor")
    own = submitted(FindingFactory(author=editor))
    edited = EstimateFactory(author=other, edited_by=editor)
    review.submit([edited], editor)
    claim = published(FindingFactory(), by=editor)
    review.check(claim, editor, note="Read again.")
    preference = review.prefer(claim, editor, "Better founded.")
    review.end_preference(preference, editor, "No longer.")
    review.retract(claim, editor, "Misread.")
    found = counts(editor)
    assert {name for name, count in found.items() if count} == {
        "entered", "edited", "submitted", "published", "withdrew", "checked", "preferred", "ended", "changed"
    }  # fmt: skip
    assert (found["entered"], found["submitted"]) == (1, 2)
    suppression.decline(suppression.ask(claim, administrator, "x"), second_administrator, "No.")
    assert (counts(administrator)["asked"], counts(second_administrator)["decided"]) == (1, 1)
    said = lines(page_of(editor))
    assert ("checked claims", "Read again.") in [(label, words) for label, _line, words in said]
    assert len(said) == sum(found.values())
    assert own.author == editor


def test_what_was_saved_at_the_desk_is_listed_with_its_words(editor) -> None:
    deposit = DepositFactory(name="Zhezdy")
    client = signed_in(editor)
    client.post(address(deposit), {**filled(client.get(address(deposit))), "region": "Sughd"})
    [(label, what, words)] = lines(page_of(editor, act="saved"))
    assert (label, what) == ("saved at the desk", "Zhezdy") and "Region" in words


def test_the_newest_comes_first_and_pages_hold_fifty(editor) -> None:
    for _number in range(60):
        EstimateFactory(author=editor)
    first, second = page_of(editor), page_of(editor, page="2")
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 10)
    moments = [at for _act, at, _number in acts_of(editor)]
    assert moments == sorted(moments, reverse=True)


def test_a_page_costs_the_same_however_much_was_done(editor, django_assert_max_num_queries) -> None:
    for _number in range(20):
        published(EstimateFactory(), by=editor)
    page_of(editor)
    client = signed_in(editor)
    with django_assert_max_num_queries(40):
        client.get(reverse("admin:own_activity"))


def test_acts_are_filtered_by_kind(editor) -> None:
    published(EstimateFactory(), by=editor)
    EstimateFactory(author=editor)
    for act in ("entered", "published"):
        assert {label for label, _line, _words in lines(page_of(editor, act=act))} == {str(ACTS[act].label)}
    assert page_of(editor, act="nonsense").status_code == 404
    assert page_of(editor, page="nonsense").status_code == 200


def test_ones_own_acts_are_everybodys_and_others_an_administrators(
    contributor, editor, administrator
) -> None:
    EstimateFactory(author=contributor)
    assert len(lines(page_of(contributor))) == 1
    assert page_of(contributor, editor.pk).status_code == 403
    assert page_of(editor, contributor.pk).status_code == 403
    assert len(lines(page_of(administrator, contributor.pk))) == 1
    assert page_of(administrator, 999_999).status_code == 404


def test_a_suppressed_claim_is_listed_without_what_it_said(
    contributor, administrator, second_administrator
) -> None:
    claim = published(FindingFactory(author=contributor, statement="The bribe."))
    suppression.confirm(suppression.ask(claim, administrator, "x"), second_administrator)
    assert "The bribe." not in page_of(contributor).content.decode()
    assert "The bribe." in page_of(administrator, contributor.pk).content.decode()


# Accounts are closed, never deleted


def test_a_closed_account_no_longer_signs_in_and_stays_signed(administrator, contributor) -> None:
    claim = EstimateFactory(author=contributor)
    theirs = signed_in(contributor)
    User.objects.filter(pk=contributor.pk).update(is_active=False)
    assert theirs.get("/admin/").status_code == 302
    claim.refresh_from_db()
    assert claim.author == contributor
    assert len(lines(page_of(administrator, contributor.pk))) == 1


def raw(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_user WHERE id = %s", [user.pk])


@pytest.mark.parametrize("acted", [False, True], ids=["without acts", "with acts"])
@pytest.mark.parametrize(
    "delete",
    [User.delete, lambda user: User.objects.filter(pk=user.pk).delete(), raw],
    ids=["instance", "bulk", "SQL"],
)
def test_no_account_is_deleted_by_shell_or_sql(acted: bool, delete) -> None:
    user = User.objects.create_user("somebody")
    if acted:
        EstimateFactory(author=user)
    with pytest.raises((DatabaseError, IntegrityError, ProtectedError)), transaction.atomic():
        delete(user)
    assert User.objects.filter(pk=user.pk).exists()


def test_nor_by_the_desks_bulk_action(administrator, contributor) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [contributor.pk], "post": "yes"}
    signed_in(administrator).post(address(User, "changelist"), chosen)
    assert User.objects.filter(pk=contributor.pk).exists()
