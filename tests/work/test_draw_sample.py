"""Samples: drawn by each method, frozen, refused when they would prove nothing."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from tests.work.auditing import decide, judge, keep, plan_audit, promise
from tests.work.sampling import QUARTER, drawn, items, region

from gemba.domain.intakes import Intake
from gemba.domain.judgements import Judgement
from gemba.domain.programmes import Audit, AuditState
from gemba.errors import Refusal
from gemba.work.draw_sample import Judged
from gemba.work.redraw_sample import redraw
from gemba.work.sample_frame import ALGORITHM
from gemba.work.to_judge import sample_of


def test_the_frame_is_kept_and_hashed(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10, seed="one")
    kept = desk.store.evidence.read(sample.frame).decode()
    uids = sorted(uid for some in made.decisions.values() for uid in some)
    assert kept == "".join(f"{uid}\t\n" for uid in uids)
    assert sample.frame_sha256 == hashlib.sha256("".join(f"{uid}\n" for uid in uids).encode()).hexdigest()
    assert (sample.frame_count, sample.count, sample.seed, sample.algorithm) == (40, 10, "one", ALGORITHM)
    found = items(desk, sample)
    assert [one.position for one in found] == list(range(1, 11))
    assert {one.weight for one in found} == {4.0}
    with desk.reader() as reader:
        assert sample_of(reader, made.audit) == sample


def test_decisions_elsewhere_or_of_another_quarter_are_not_in_the_frame(desk):
    made = region(desk)
    decide(desk, made.place, date(2026, 4, 1))
    assert drawn(desk, made.audit, "all").frame_count == 40


def test_filters_narrow_the_frame(desk):
    made = region(desk)
    decide(desk, made.branches["Market"], date(2026, 2, 1), scenario="loan", role="Clerk")
    sample = drawn(desk, made.audit, "all", filters={"scenario": "loan,visit", "role": ""})
    assert (sample.frame_count, sample.filters) == (1, {"scenario": "loan,visit"})
    goal = promise(desk, "told")
    decide(desk, made.branches["Market"], date(2026, 2, 1), goal=goal)
    again = drawn(desk, made.audit, "all", filters={"goal": "told"}, reason="only what concerns the goal")
    assert again.frame_count == 1


@pytest.mark.parametrize(
    ("method", "said", "sizes"),
    [
        ("all", {}, {"": "40/40"}),
        ("simple", {"margin": 0.10}, {"": "29/40"}),
        ("simple", {"margin": 0.10, "share": 0.1}, {"": "19/40"}),
        ("discovery", {"share": 0.10}, {"": "21/40"}),
        ("acceptance", {"aql": 10.0}, {"": "8/40"}),
        ("acceptance", {"aql": 1.0, "level": "I"}, {"": "13/40"}),
    ],
)
def test_each_method_draws_as_many_as_it_says(desk, method, said, sizes):
    made = region(desk)
    assert drawn(desk, made.audit, method, **said).sizes == sizes


def test_strata_have_at_least_three_each_and_weights(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, "proportional", strata="place", n=10)
    by = {name: sample.sizes[uid] for name, uid in made.branches.items()}
    assert by == {"Harbour": "4/24", "Station": "3/12", "Market": "3/4"}
    weights = {one.stratum: one.weight for one in items(desk, sample)}
    assert weights[made.branches["Harbour"]] == 6.0


def test_neyman_draws_where_answers_differ(desk):
    made = region(desk)
    spreads = {made.branches["Harbour"]: 0.1, made.branches["Station"]: 0.5, made.branches["Market"]: 0.1}
    sample = drawn(desk, made.audit, "neyman", strata="place", n=14, spreads=spreads)
    assert sample.sizes[made.branches["Station"]] == "8/12"
    assert sample.settings[f"spread:{made.branches['Station']}"] == "0.5"


def test_strata_by_goal_are_named_by_its_code(desk):
    made = region(desk)
    first = promise(desk, "told")
    for goal in (first, promise(desk, "told", version=2, replaces=first, valid_from=date(2026, 2, 1))):
        decide(desk, made.branches["Market"], date(2026, 2, 2), goal=goal)
    sample = drawn(desk, made.audit, "proportional", strata="goal", n=12)
    assert sample.sizes == {"": "10/40", "told": "2/2"}


def test_the_double_share_is_marked_from_the_same_seed(desk):
    made = region(desk, double_share=0.25)
    sample = drawn(desk, made.audit, n=10, seed="one")
    double = [one.decision for one in items(desk, sample) if one.is_double]
    assert sample.double_count == len(double) == 3
    again = drawn(desk, made.audit, n=10, seed="one", reason="the same once more")
    assert [one.decision for one in items(desk, again) if one.is_double] == double


@pytest.mark.parametrize(
    ("method", "said", "code"),
    [
        ("simple", {}, "work.sample_needs"),
        ("discovery", {}, "work.sample_needs"),
        ("acceptance", {}, "work.sample_needs"),
        ("acceptance", {"aql": 3.0}, "methods.aql"),
        ("proportional", {"n": 5}, "work.sample_needs_strata"),
        ("neyman", {"n": 5, "strata": "place"}, "work.sample_needs"),
        ("simple", {"n": 5, "strata": "place"}, "work.sample_without_strata"),
        ("proportional", {"n": 5, "strata": "colour"}, "store.unknown_strata"),
        ("simple", {"n": 41}, "work.sample_size"),
        ("simple", {"n": 0}, "work.sample_size"),
        ("simple", {"margin": 0.0}, "methods.outside"),
        ("all", {"filters": {"colour": "red"}}, "store.unknown_filter"),
        ("all", {"filters": {"scenario": "none such"}}, "work.sample_frame_empty"),
        ("all", {"double_share": 1.5}, "work.double_share"),
        ("all", {"undated": -1}, "work.sample_undated"),
    ],
)
def test_what_cannot_be_drawn_is_refused(desk, method, said, code):
    made = region(desk)
    with pytest.raises(Refusal) as refused:
        drawn(desk, made.audit, method, **said)
    assert refused.value.code == code


def test_a_seed_is_not_used_again_for_another_frame(desk):
    made = region(desk)
    drawn(desk, made.audit, n=10, seed="lucky")
    other = plan_audit(desk, made.place, QUARTER)
    assert drawn(desk, other, n=12, seed="lucky").frame_count == 40
    decide(desk, made.place, date(2026, 2, 2))
    with pytest.raises(Refusal) as refused:
        drawn(desk, plan_audit(desk, made.place, QUARTER), n=10, seed="lucky")
    assert refused.value.code == "work.seed_reused"
    elsewhere = plan_audit(desk, made.branches["Harbour"], QUARTER)
    assert drawn(desk, elsewhere, n=5, seed="lucky").frame_count == 24


def test_drawing_again_needs_a_reason_and_says_what_it_replaces(desk):
    made = region(desk)
    first = drawn(desk, made.audit, n=10)
    with pytest.raises(Refusal) as refused:
        drawn(desk, made.audit, n=12)
    assert refused.value.code == "work.sample_again"
    again = drawn(desk, made.audit, n=12, reason="too small")
    assert (again.replaces, again.reason) == (first.uid, "too small")
    with desk.reader() as reader:
        assert sample_of(reader, made.audit) == again


def test_after_judging_began_it_must_be_said_what_becomes_of_it(desk):
    made = region(desk)
    goal = promise(desk)
    first = drawn(desk, made.audit, n=20, seed="a")
    for one in items(desk, first):
        judge(desk, made.audit, one.decision, goal)
    with pytest.raises(Refusal) as refused:
        drawn(desk, made.audit, n=10, seed="b", reason="too many")
    assert (refused.value.code, refused.value.facts["n"]) == ("work.sample_judged", 20)
    again = drawn(desk, made.audit, n=10, seed="b", reason="too many", judged=Judged.SET_ASIDE)
    now = {one.decision for one in items(desk, again)}
    with desk.reader() as reader:
        leads = {one.decision for one in reader.find(Judgement, audit=made.audit) if one.is_lead}
    assert leads == now & {one.decision for one in items(desk, first)}
    drawn(desk, made.audit, n=10, seed="b", reason="all count", judged=Judged.COUNT)
    with desk.reader() as reader:
        assert sum(one.is_lead for one in reader.find(Judgement, audit=made.audit)) == 20


@pytest.mark.parametrize("state", [AuditState.RESPONDING, AuditState.CONCLUDED, AuditState.CANCELLED])
def test_it_is_too_late_once_findings_are_with_the_auditee(desk, state):
    made = region(desk, state=state)
    with pytest.raises(Refusal) as refused:
        drawn(desk, made.audit, "all")
    assert refused.value.code == "work.sample_too_late"


def test_nobody_draws_again_once_somebody_has_handed_in(desk):
    made = region(desk)
    drawn(desk, made.audit, "all")
    with desk.unit() as unit:
        unit.change(Audit, made.audit, second_handed_in_at=desk.clock())
    with pytest.raises(Refusal) as refused:
        drawn(desk, made.audit, n=3, reason="too many")
    assert refused.value.code == "work.sample_handed_in"


def test_decisions_that_an_import_refused_for_want_of_a_date_are_told(desk):
    made = region(desk)
    reading = {"of": "decision", "undated": "3"}
    counts = {"added": 0, "changed": 0, "unchanged": 0, "refused": 3, "imported_at": desk.clock()}
    intake = Intake(
        uid=desk.ids(),
        source="Log",
        file_name="log.csv",
        file_sha256="a" * 64,
        reading=reading,
        person=desk.person.uid,
        **counts,
    )
    keep(desk, intake)
    assert drawn(desk, made.audit, "all").undated == 3
    assert drawn(desk, made.audit, "all", undated=1, reason="counted again").undated == 1


def test_a_stratum_is_one_line_whatever_was_written(desk):
    made = region(desk, (3, 0, 0))
    for role in ("Branch\tlead", "Branch \n lead", ""):
        decide(desk, made.branches["Market"], date(2026, 2, 1), role=role)
    sample = drawn(desk, made.audit, "proportional", strata="role", n=6)
    assert sample.sizes == {"": "1/1", "Branch lead": "5/5"}
    assert redraw(desk, sample.uid).is_same
