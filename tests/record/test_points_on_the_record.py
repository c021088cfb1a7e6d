"""What the sources say, on real points of the record: who agrees, who differs, what is another quantity."""

import random
from decimal import Decimal

import pytest

from deposits.models import Location, Occurrence, ResourceEstimate
from findings.models import Finding
from partners.models import Ownership
from projects.models import Investment, Involvement, Production, StageReport
from sources.models import Claim, Preference, Record
from sources.points import Comparison, Point, points
from sources.queries import claims_about
from tests import factories as f

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def claims_on(model: type[Claim], record: str, mineral: str = "") -> list[Claim]:
    """The claims in force of one kind on a record, "kind:key", and on one mineral if that is named."""
    kind, _colon, key = record.partition(":")
    stated = claims_about([Record.objects.get(kind=kind, key=key).pk], [model], tick=1)
    return [claim for claim in stated if not mineral or (claim.mineral and claim.mineral.key == mineral)]


def point_on(model: type[Claim], record: str, mineral: str, claim: str) -> Point:
    """The point of that record which the named claim speaks to."""
    return next(p for p in points(claims_on(model, record, mineral)) if claim in keys(p.claims))


def keys(claims: list[Claim]) -> list[str]:
    """The last part of the claims' permanent keys: "estimate.3" of "kuirektykol.estimate.3"."""
    return sorted(claim.key.partition(".")[2] for claim in claims)


def agreeing(comparison: Comparison) -> list[list[str]]:
    return [keys(agreement.claims) for agreement in comparison.agreements]


# Kuirektykol: 795,800 t, 800,000 t (Irgiz only), 935,400 t and 1,000,000 t of rare earths


@pytest.fixture
def kuirektykol() -> Point:
    return point_on(ResourceEstimate, "deposit:kuirektykol", "rare-earth-elements", "estimate.1")


def test_kuirektykol_hides_none_of_its_figures(kuirektykol: Point) -> None:
    assert {int(claim.quantity) for claim in kuirektykol.claims} == {795_800, 800_000, 935_400, 1_000_000}
    assert len(kuirektykol.claims) == 7


def test_800_000_tonnes_of_irgiz_are_not_set_against_the_whole_of_kuirektykol(kuirektykol: Point) -> None:
    [irgiz] = [c for c in kuirektykol.comparisons if "estimate.3" in keys(c.claims)]
    assert agreeing(irgiz) == [["estimate.3"]]


def test_reserves_of_kuirektykol_are_not_set_against_its_resources(kuirektykol: Point) -> None:
    together = [keys(comparison.claims) for comparison in kuirektykol.comparisons]
    assert ["estimate.2"] in together  # 795,800 t, reserves of four zones
    assert ["estimate.1"] in together  # 935,400 t, resources of the same four zones
    assert not kuirektykol.disagrees


def test_two_independent_papers_have_a_million_tonnes_in_several_areas(kuirektykol: Point) -> None:
    [areas] = [c for c in kuirektykol.comparisons if "estimate.6" in keys(c.claims)]
    assert agreeing(areas) == [["estimate.6", "estimate.7"]]
    assert areas.voices == 2


# Syrymbet tin


@pytest.fixture
def syrymbet() -> Point:
    return point_on(ResourceEstimate, "deposit:syrymbet", "tin", "estimate.2")


def test_syrymbets_reserves_resources_and_unclassified_tin_stand_beside_each_other(syrymbet: Point) -> None:
    groups = {comparison.claims[0].group: keys(comparison.claims) for comparison in syrymbet.comparisons}
    assert groups == {
        "reserves": ["estimate.5"],
        "resources": ["estimate.1"],
        "": ["estimate.2", "estimate.3", "estimate.6"],
    }


def test_500_000_tonnes_of_tin_disagree_with_both_figures_of_another_source(syrymbet: Point) -> None:
    [unclassified] = [c for c in syrymbet.comparisons if len(c.claims) == 3]
    assert unclassified.disagrees


def test_two_figures_of_one_source_are_no_disagreement() -> None:
    own = claims_on(ResourceEstimate, "deposit:syrymbet", "tin")
    [point] = points([claim for claim in own if claim.source.key == "mailru-2025-11-11-syrymbet"])
    assert len(point.comparisons[0].agreements) == 2
    assert not point.disagrees


# Shavazsay lithium


def test_shavazsays_123_000_tonnes_repeat_the_120_000_of_another_paper() -> None:
    point = point_on(ResourceEstimate, "deposit:shavazsay", "lithium", "estimate.5")
    oxide = point.comparisons[0]
    [rounded] = [a for a in oxide.agreements if "estimate.5" in keys(a.claims)]
    assert keys(rounded.echoes) == ["estimate.6", "estimate.7"]
    assert rounded.voices == 3


def test_165_500_tonnes_of_1996_differ_from_an_undated_120_000() -> None:
    point = point_on(ResourceEstimate, "deposit:shavazsay", "lithium", "estimate.5")
    assert agreeing(point.comparisons[0]) == [["estimate.5"], ["estimate.2"]]
    assert [int(claim.sort_value()) for claim in point.headline] == [120_000, 165_500]


def test_31_million_tonnes_of_ore_never_fight_tonnes_of_lithium_oxide() -> None:
    point = point_on(ResourceEstimate, "deposit:shavazsay", "lithium", "estimate.5")
    [ore] = [c for c in point.comparisons if "estimate.1" in keys(c.claims)]
    assert keys(ore.claims) == ["estimate.1"]
    assert not ore.disagrees


# Konchoch antimony


def test_264_616_and_264_600_and_265_000_tonnes_agree_at_konchoch() -> None:
    point = point_on(ResourceEstimate, "deposit:konchoch", "antimony", "estimate.1")
    agreement = point.comparisons[0].agreements[0]
    stated = {int(claim.quantity) for claim in (*agreement.claims, *agreement.echoes)}
    assert stated == {264_616, 264_600, 265_000}
    assert agreement.voices == 4


def test_264_100_tonnes_round_to_no_265_000() -> None:
    point = point_on(ResourceEstimate, "deposit:konchoch", "antimony", "estimate.10")
    [unstated] = [c for c in point.comparisons if "estimate.10" in keys(c.claims)]
    assert ["estimate.10"] in agreeing(unstated)
    assert unstated.disagrees


def test_konchochs_headline_is_what_the_state_commission_approved() -> None:
    point = point_on(ResourceEstimate, "deposit:konchoch", "antimony", "estimate.1")
    [first] = point.headline
    assert (first.system, int(first.quantity)) == ("GKZ", 265_000)


# Tajik antimony


@pytest.fixture
def antimony() -> Point:
    return point_on(Finding, "country:TJ", "antimony", "fact.5")


def comparison_of(point: Point, unit: str) -> Comparison:
    return next(c for c in point.comparisons if c.key == ("figure", unit))


def test_tajikistan_is_second_or_third_in_antimony(antimony: Point) -> None:
    ranks = comparison_of(antimony, "rank")
    assert {int(claim.quantity) for claim in ranks.claims} == {1, 2, 3}
    assert ranks.disagrees


def test_asia_plus_and_the_geologists_agree_on_second(antimony: Point) -> None:
    second = comparison_of(antimony, "rank").agreements[0]
    assert keys(second.claims) == ["fact.5", "fact.53"]


def test_a_rank_never_fights_a_tonnage(antimony: Point) -> None:
    assert keys(comparison_of(antimony, "t").claims) == ["fact.9"]
    assert not comparison_of(antimony, "t").disagrees


def test_third_in_asia_is_another_rank_than_third_in_the_world(antimony: Point) -> None:
    assert keys(comparison_of(antimony, "rank in asia").claims) == ["fact.7"]


def test_147_000_tonnes_of_1999_are_an_earlier_report(antimony: Point) -> None:
    tonnages = comparison_of(antimony, "t")
    assert keys(tonnages.earlier) == ["fact.10"]


def test_10_of_12_critical_metals_are_another_count_than_10_of_17() -> None:
    point = point_on(Finding, "country:TJ", "", "fact.1")
    assert "fact.2" in keys(point.claims)
    assert not comparison_of(point, "of 12 critical metals").disagrees
    assert not comparison_of(point, "of 17 critical minerals").disagrees


def test_ranks_of_2013_and_2015_are_progress() -> None:
    point = point_on(Finding, "country:TJ", "mercury", "fact.22")
    assert keys(comparison_of(point, "rank").earlier) == ["fact.22"]
    assert not point.disagrees


# Garlyk potash


def test_garlyks_2_billion_tonnes_agree_and_700_million_are_an_earlier_report() -> None:
    point = point_on(ResourceEstimate, "deposit:garlyk", "potash", "estimate.1")
    [comparison] = point.comparisons
    assert agreeing(comparison) == [["estimate.1", "estimate.2"]]
    assert keys(comparison.earlier) == ["estimate.3"]
    assert not point.disagrees


def test_garlyks_plans_for_one_and_a_half_and_four_million_tonnes_disagree() -> None:
    point = point_on(Production, "project:garlyk-potash-plant", "potash", "production.3")
    [plans] = [c for c in point.comparisons if "production.3" in keys(c.claims)]
    assert agreeing(plans) == [["production.3"], ["production.5"]]
    assert plans.disagrees


def test_garlyks_ore_capacity_and_potassium_chloride_are_other_quantities_than_its_plans() -> None:
    point = point_on(Production, "project:garlyk-potash-plant", "potash", "production.3")
    others = [keys(c.claims) for c in point.comparisons if "production.3" not in keys(c.claims)]
    assert ["production.8"] in others  # ore
    assert ["production.7"] in others  # capacity
    assert ["production.2"] in others  # potassium chloride


# Other kinds


def test_1011_thousand_ounces_are_the_1_01_million_of_tulkubash() -> None:
    found = points(claims_on(ResourceEstimate, "deposit:tulkubash", "gold"))
    pairs = [agreement for p in found for c in p.comparisons for agreement in c.agreements]
    assert any({claim.source.key for claim in agreement.claims} >= TULKUBASH for agreement in pairs)


TULKUBASH = {"chaarat-2024-01-18-karator", "marketscreener-2023-11-chaarat"}


def test_70_per_cent_of_kazzinc_are_69_74() -> None:
    glencore = point_on(Involvement, "project:kazzinc-complex", "", "involvement.1")
    assert not glencore.disagrees
    assert glencore.headline[0].share_percent == Decimal("69.74")


def test_successive_owners_of_taldy_bulak_levoberezhny_do_not_disagree() -> None:
    for point in points(claims_on(Involvement, "project:taldy-bulak-talas-exploration")):
        assert not point.disagrees


def test_construction_before_feasibility_contradicts_at_kyzyl_ompol() -> None:
    [point] = points(claims_on(StageReport, "project:kyzyl-ompol-kyrgyzaltyn"))
    assert point.disagrees


def test_zhezkazgan_lies_in_two_places_90_km_apart() -> None:
    [point] = points(claims_on(Location, "deposit:zhezkazgan"))
    assert point.disagrees


def test_our_inference_about_inkai_disputes_no_source_and_is_none_of_them() -> None:
    [point] = points(claims_on(Location, "deposit:inkai"))
    [inferred] = [claim for claim in point.claims if claim.inferred]
    assert len(point.claims) == 3
    assert not point.disagrees
    assert not any(claim.inferred for claim in point.headline)
    assert [comparison.claims for comparison in point.comparisons[1:]] == [[inferred]]


# Headlines


def test_an_editors_choice_heads_the_point(kuirektykol: Point) -> None:
    chosen = next(claim for claim in kuirektykol.claims if claim.key.endswith("estimate.2"))
    [point] = points(kuirektykol.claims, [Preference(point=chosen.point, claim_id=chosen.pk)])
    assert point.headline == [chosen]


def test_a_range_names_both_its_ends_lowest_first() -> None:
    point = point_on(Production, "project:garlyk-potash-plant", "potash", "production.3")
    assert [int(claim.sort_value()) for claim in point.headline] == [1_500_000, 4_000_000]


# Voices


def test_a_copy_is_credited_to_its_original() -> None:
    original = f.SourceFactory()
    reprint = f.SourceFactory(copy_of=original)
    deposit, mineral = f.DepositFactory(), f.MineralFactory()
    stated = [f.EstimateFactory(subject=deposit, mineral=mineral, source=s) for s in (original, reprint)]
    [point] = points(stated)
    assert len(point.comparisons[0].agreements[0].claims) == 2
    assert point.voices == 1


def test_copies_of_copies_are_one_voice_however_long_the_chain() -> None:
    source = f.SourceFactory()
    deposit, mineral = f.DepositFactory(), f.MineralFactory()
    stated = []
    for _copy in range(4):
        stated.append(f.EstimateFactory(subject=deposit, mineral=mineral, source=source))
        source = f.SourceFactory(copy_of=source)
    assert points(stated)[0].voices == 1


def test_a_source_and_its_reprint_with_another_figure_do_not_disagree_with_themselves() -> None:
    original = f.SourceFactory()
    reprint = f.SourceFactory(copy_of=original)
    deposit, mineral = f.DepositFactory(), f.MineralFactory()
    stated = [
        f.EstimateFactory(subject=deposit, mineral=mineral, source=original, quantity=Decimal(500)),
        f.EstimateFactory(subject=deposit, mineral=mineral, source=reprint, quantity=Decimal(900)),
    ]
    assert not points(stated)[0].disagrees


def test_two_papers_quoting_one_ministry_are_one_voice() -> None:
    ministry, deposit, mineral = f.PartnerFactory(), f.DepositFactory(), f.MineralFactory()
    stated = [f.EstimateFactory(subject=deposit, mineral=mineral, originator=ministry) for _paper in range(2)]
    assert points(stated)[0].voices == 1


def test_two_houses_are_two_voices() -> None:
    deposit, mineral = f.DepositFactory(), f.MineralFactory()
    stated = [f.EstimateFactory(subject=deposit, mineral=mineral) for _paper in range(2)]
    assert points(stated)[0].voices == 2


# The whole record


ALL_KINDS = [
    Location, Occurrence, ResourceEstimate, StageReport, Involvement,
    Investment, Production, Ownership, Finding,
]  # fmt: skip


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.KIND)
def test_the_order_in_which_claims_come_changes_nothing(kind: type[Claim]) -> None:
    many = [field.name for field in kind._meta.local_many_to_many]
    rows = kind._default_manager.select_related("source__copy_of").prefetch_related(*many)
    by_subject: dict[int, list[Claim]] = {}
    for claim in rows:
        by_subject.setdefault(claim.subject_id, []).append(claim)
    shuffled = random.Random(20261121)
    for stated in by_subject.values():
        expected = {point.name: shape(point) for point in points(stated)}
        for _round in range(3):
            shuffled.shuffle(stated)
            assert {point.name: shape(point) for point in points(stated)} == expected


def shape(point: Point) -> tuple[object, ...]:
    """Everything that a page would show of a point, by the claims' numbers."""
    return (
        [claim.pk for claim in point.headline],
        point.disagrees,
        [
            (
                comparison.disagrees,
                [
                    ({c.pk for c in agreement.claims}, {c.pk for c in agreement.echoes}, agreement.voices)
                    for agreement in comparison.agreements
                ],
                {claim.pk for claim in comparison.earlier},
            )
            for comparison in point.comparisons
        ],
    )
