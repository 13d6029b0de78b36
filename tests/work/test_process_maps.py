"""Maps and their steps: what may be said of them, what they come to, and their way through CSV."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gemba.domain.process_maps import ProcessMap, ProcessStep, StepSort
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.map_csv import export_steps, import_steps
from gemba.work.map_facts import Gap, flow_of, map_facts
from gemba.work.process_maps import (
    add_step,
    change_map,
    change_step,
    make_map,
    maps,
    move_step,
    remove_step,
    standing,
)


@pytest.fixture
def loan(desk: Desk) -> str:
    return make_map(desk, "A loan", owner="Head of lending", demand=20.0, available=7 * 3600.0).uid


def steps_of(desk: Desk, uid: str) -> list[ProcessStep]:
    with desk.reader() as reader:
        return standing(reader, uid)


def put_words(desk: Desk, **terms: str) -> None:
    with desk.unit() as unit:
        unit.put(
            Vocabulary(
                uid=desk.ids(),
                facet=Facet.STEP,
                version=1,
                terms=terms,
                released_at=desk.clock(),
                person=desk.person.uid,
            )
        )


def refused(code: str, deed: object, /, *args: object, **fields: object) -> Refusal:
    with pytest.raises(Refusal) as caught:
        deed(*args, **fields)  # type: ignore[operator]
    assert caught.value.code == code
    return caught.value


def test_a_map_has_a_title_and_is_out_of_date_after_its_day(desk, loan):
    refused("work.map_without_title", make_map, desk, "  ")
    refused("work.map_not_above_zero", make_map, desk, "Other", demand=0.0)
    today = desk.clock().date()
    change_map(desk, loan, review_by=today)
    assert not map_facts(desk, loan).out_of_date
    change_map(desk, loan, review_by=today - timedelta(days=1))
    assert map_facts(desk, loan).out_of_date
    change_map(desk, loan, retired=True)
    with desk.reader() as reader:
        assert maps(reader) == []
        assert [each.uid for each in maps(reader, retired=True)] == [loan]


def test_steps_are_added_moved_and_removed_in_order(desk, loan):
    first = add_step(desk, loan, "Apply", code="apply").uid
    last = add_step(desk, loan, "Pay out", code="pay").uid
    between = add_step(desk, loan, "Check", code="check", before=last).uid
    assert [step.uid for step in steps_of(desk, loan)] == [first, between, last]
    move_step(desk, last, first)
    assert [step.uid for step in steps_of(desk, loan)] == [last, first, between]
    move_step(desk, last, None)
    remove_step(desk, between)
    assert [step.uid for step in steps_of(desk, loan)] == [first, last]
    remove_step(desk, between, back=True)
    assert [step.uid for step in steps_of(desk, loan)] == [first, between, last]
    other = make_map(desk, "Another").uid
    elsewhere = add_step(desk, other, "Greet", code="greet").uid
    refused("work.step_of_another_map", move_step, desk, first, elsewhere)


def test_a_code_stands_once_on_a_map_and_comes_from_the_vocabulary(desk, loan):
    put_words(desk, apply="Application", check="Check")
    step = add_step(desk, loan, "", code="apply").uid
    assert steps_of(desk, loan)[0].title == "Application"
    assert refused("work.step_code_unknown", add_step, desk, loan, "Pay", code="pay").facts["step_code"] == "pay"
    refused("work.step_code_twice", add_step, desk, loan, "Again", code="apply")
    refused("work.step_without_code", add_step, desk, loan, "Nothing to pin by")
    assert add_step(desk, loan, "In the tray", sort=StepSort.QUEUE).uid
    remove_step(desk, step)
    add_step(desk, loan, "Apply anew", code="apply")
    refused("work.step_code_twice", remove_step, desk, step, back=True)


def test_what_a_step_says_must_hold(desk, loan):
    step = add_step(desk, loan, "Apply", code="apply", cycle=60.0).uid
    refused("work.step_without_title", change_step, desk, step, title=" ")
    refused("work.step_below_zero", change_step, desk, step, wait=-1.0)
    refused("work.step_adds_more", change_step, desk, step, value_adding=61.0)
    refused("work.step_rework", change_step, desk, step, rework=1.5)
    change_step(desk, step, value_adding=60.0, rework=0.1)
    assert steps_of(desk, loan)[0].value_adding == 60


def test_times_along_the_path(desk, loan):
    add_step(desk, loan, "Customer", sort=StepSort.OUTSIDE, cycle=999.0)
    add_step(desk, loan, "Apply", code="apply", cycle=600.0, value_adding=300.0, rework=0.1, owner="Desk", people=1)
    slow = add_step(desk, loan, "Check", code="check", cycle=2600.0, wait=7200.0, value_adding=100.0, rework=0.5).uid
    flow = map_facts(desk, loan).flow
    assert (flow.lead, flow.work, flow.wait, flow.value_adding) == (10_400, 3200, 7200, 400)
    assert flow.efficiency == pytest.approx(400 / 10_400)
    assert flow.takt == 1260
    assert flow.over_takt == (slow,)
    assert flow.right_first_time == pytest.approx(0.45)
    change_step(desk, slow, people=3)
    assert map_facts(desk, loan).flow.over_takt == ()


def test_what_is_missing_is_said(desk, loan):
    step = add_step(desk, loan, "Apply", code="apply").uid
    facts = map_facts(desk, loan)
    assert {(gap.gap, gap.step) for gap in facts.gaps} == {
        (Gap.NO_OWNER, step),
        (Gap.NO_TIMES, step),
        (Gap.NO_EVIDENCE, step),
    }
    change_map(desk, loan, owner="")
    change_step(desk, step, owner="Desk", cycle=5.0, evidence="Watched ten on Monday")
    assert [(gap.gap, gap.step) for gap in map_facts(desk, loan).gaps] == [(Gap.NO_OWNER, "")]


_SECONDS = st.floats(0, 1e6)


@given(st.lists(st.tuples(_SECONDS, _SECONDS, st.floats(0, 1)), max_size=12))
def test_efficiency_is_a_share_whatever_the_times(times):
    steps = tuple(
        ProcessStep(
            uid=str(n), process_map="m", position=n, code=str(n), title="x", cycle=cycle, wait=wait,
            value_adding=cycle * share,
        )
        for n, (cycle, wait, share) in enumerate(times)
    )  # fmt: skip
    found = flow_of(ProcessMap(uid="m", title="x", made_at=None, person="p"), steps)  # type: ignore[arg-type]
    assert found.efficiency is None or 0 <= found.efficiency <= 1 + 1e-9


def test_steps_go_out_and_come_in_again_unchanged(desk, loan, tmp_path):
    add_step(desk, loan, "=1+1", code="apply", cycle=90.5, hand_off=True, people=2, evidence="-seen")
    add_step(desk, loan, "Tray", sort=StepSort.QUEUE, wait=3600.0)
    move_step(desk, steps_of(desk, loan)[1].uid, steps_of(desk, loan)[0].uid)
    file = tmp_path / "steps.csv"
    assert export_steps(desk, loan, file) == 2
    assert "'=1+1" in file.read_text("utf-8-sig")
    before = steps_of(desk, loan)
    taken = import_steps(desk, loan, file)
    assert (taken.added, taken.changed, taken.unchanged, taken.refused) == (0, 0, 2, ())
    assert steps_of(desk, loan) == before
    other = make_map(desk, "Copy").uid
    assert import_steps(desk, other, file).added == 2
    assert [step.title for step in steps_of(desk, other)] == ["Tray", "=1+1"]


def test_a_dry_run_keeps_nothing_and_bad_rows_are_named(desk, loan, tmp_path):
    kept = add_step(desk, loan, "Stays", code="stays").uid
    file = tmp_path / "steps.csv"
    file.write_text("code,title,cycle,hand-off\napply,Apply,60,yes\nbad,Bad,soon,no\napply,Twice,1,no\n", "utf-8")
    tried = import_steps(desk, loan, file, dry_run=True)
    assert (tried.added, [(row.row, row.code) for row in tried.refused]) == (
        1,
        [(3, "work.step_unreadable"), (4, "work.step_code_twice")],
    )
    assert [step.uid for step in steps_of(desk, loan)] == [kept]
    import_steps(desk, loan, file)
    assert [step.title for step in steps_of(desk, loan)] == ["Apply", "Stays"]
    assert steps_of(desk, loan)[0].hand_off


@pytest.mark.parametrize("data", [b"", b"a,b\n1,2\n", b"code\0,title\n", b"\xff\xfe\x00c", b'code,title\n"a'])
def test_a_file_that_is_no_table_of_steps_is_refused(desk, loan, tmp_path, data):
    file = tmp_path / "steps.csv"
    file.write_bytes(data)
    refused("work.steps_unreadable", import_steps, desk, loan, file)


def test_a_day_is_kept(desk, loan):
    change_map(desk, loan, review_by=date(2026, 6, 1))
    assert map_facts(desk, loan).map.review_by == date(2026, 6, 1)
