"""A sample is proved by drawing it again, and what has changed since is told without changing it."""

from __future__ import annotations

import hashlib
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.work.auditing import decide
from tests.work.sampling import drawn, items, region

from gemba.domain.decisions import Decision
from gemba.domain.samples import Sample, SampleItem, SamplingMethod, item_uid
from gemba.errors import Refusal, Trouble
from gemba.work.places import add_place
from gemba.work.redraw_sample import redraw
from gemba.work.sample_frame import draw_from, read, written
from gemba.work.sample_plan import Told


def by_standard_library(frame: bytes, sizes: dict[str, str], seed: str, double: int) -> tuple[str, list[str], set[str]]:
    """The recipe of docs/sampling.md, word for word: nothing of the program is used."""
    lines = [line.split("\t") for line in frame.decode("utf-8").splitlines()]
    uids = sorted(uid for uid, _ in lines)
    sha256 = hashlib.sha256("".join(uid + "\n" for uid in uids).encode()).hexdigest()
    stratum_of = dict(lines) if set(sizes) != {""} else dict.fromkeys(uids, "")

    def pick(words: str, pool: list[str], n: int) -> list[str]:
        chance = random.Random()
        chance.seed(words, version=2)
        pool = list(pool)
        for at in range(n):
            other = at + int(chance.random() * (len(pool) - at))
            pool[at], pool[other] = pool[other], pool[at]
        return pool[:n]

    drawn = []
    for stratum in sorted(sizes):
        n = int(sizes[stratum].split("/")[0])
        if n:
            drawn += pick(f"{seed}\n{stratum}", [uid for uid in uids if stratum_of[uid] == stratum], n)
    return sha256, drawn, set(pick(f"{seed}\n\ndouble", drawn, double))


@pytest.mark.parametrize(
    ("method", "said"),
    [("simple", {"n": 10}), ("all", {}), ("proportional", {"strata": "place", "n": 12}), ("discovery", {"share": 0.1})],
)
def test_anybody_can_draw_it_again_with_the_standard_library(desk, method, said):
    made = region(desk, double_share=0.3)
    sample = drawn(desk, made.audit, method, **said)
    frame = desk.store.evidence.read(sample.frame)
    sha256, uids, double = by_standard_library(frame, sample.sizes, sample.seed, sample.double_count)
    assert sha256 == sample.frame_sha256
    assert uids == [one.decision for one in items(desk, sample)]
    assert double == {one.decision for one in items(desk, sample) if one.is_double}
    assert redraw(desk, sample.uid).is_same


@settings(max_examples=40, deadline=None)
@given(
    frame=st.dictionaries(st.text("abc0123", min_size=1, max_size=6), st.sampled_from(["", "a", "é"]), min_size=1),
    seed=st.text(max_size=8),
    share=st.floats(0, 1),
    data=st.data(),
)
def test_whatever_the_frame_both_draw_alike(frame, seed, share, data):
    n = data.draw(st.integers(1, len(frame)))
    made = draw_from(frame, SamplingMethod.PROPORTIONAL, Told(n=n), seed, share)
    sizes = {name: f"{made.sizes.get(name, 0)}/{many}" for name, many in made.populations.items()}
    found = by_standard_library(written(frame), sizes, seed, len(made.double))
    assert found == (made.frame_sha256, list(made.uids), set(made.double))


def test_late_decisions_are_told_and_change_nothing(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10)
    late = decide(desk, made.place, date(2026, 3, 1))
    found = redraw(desk, sample.uid)
    assert (found.is_same, found.since.recorded_later, found.since.is_changed) == (True, (late,), True)


def test_what_came_from_elsewhere_later_is_told_apart(desk):
    made = region(desk)
    other = decide(desk, made.place, date(2026, 4, 1))
    sample = drawn(desk, made.audit, n=10)
    with desk.unit() as unit:
        unit.change(Decision, other, decided_on=date(2026, 3, 31))
    assert redraw(desk, sample.uid).since.came_later == (other,)


def test_edits_of_date_place_and_scenario_are_told_and_the_draw_stays(desk):
    made = region(desk)
    away = add_place(desk, "Another region").uid
    sample = drawn(desk, made.audit, "all", filters={"scenario": "refund"})
    dated, moved, told = (one.decision for one in items(desk, sample)[:3])
    with desk.unit() as unit:
        unit.change(Decision, dated, decided_on=date(2025, 12, 31))
        unit.change(Decision, moved, place=away)
        unit.change(Decision, told, scenario="loan")
    found = redraw(desk, sample.uid)
    assert found.is_same
    assert (found.since.dated_otherwise, found.since.moved, found.since.told_otherwise) == ((dated,), (moved,), (told,))
    assert set(found.drawn_and_changed) == {dated, moved, told}


def test_a_decision_that_moved_to_another_stratum_is_told(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, "proportional", strata="place", n=12)
    one = made.decisions["Harbour"][0]
    with desk.unit() as unit:
        unit.change(Decision, one, place=made.branches["Market"])
    found = redraw(desk, sample.uid)
    assert (found.is_same, found.since.told_otherwise, found.since.moved) == (True, (one,), ())


def test_items_that_were_tampered_with_are_found(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10)
    first = items(desk, sample)[0]
    with desk.unit() as unit:
        unit.change(SampleItem, first.uid, is_double=True)
    found = redraw(desk, sample.uid)
    assert (found.is_same, found.is_frame_whole, found.differs) == (False, True, (first.decision,))


def test_an_item_that_was_slipped_in_is_found(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10)
    taken = {one.decision for one in items(desk, sample)}
    other = next(uid for uid in made.decisions["Harbour"] if uid not in taken)
    with desk.unit() as unit:
        unit.put(
            SampleItem(uid=item_uid(sample.uid, other), sample=sample.uid, decision=other, position=11, weight=4.0)
        )
    assert redraw(desk, sample.uid).differs == (other,)


@pytest.mark.parametrize("fields", [{"seed": "another"}, {"settings": {"n": "9", "double_share": "0.0"}}])
def test_another_seed_or_setting_gives_another_sample(desk, fields):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10, seed="one")
    with desk.unit() as unit:
        unit.change(Sample, sample.uid, **fields)
    assert not redraw(desk, sample.uid).is_same


def test_another_frame_is_no_proof(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10)
    with desk.unit() as unit:
        unit.change(Sample, sample.uid, frame_sha256="0" * 64)
    found = redraw(desk, sample.uid)
    assert (found.is_same, found.is_frame_whole) == (False, False)


def test_an_unknown_algorithm_and_a_lost_frame_are_told(desk):
    made = region(desk)
    sample = drawn(desk, made.audit, n=10)
    desk.store.evidence.forget(sample.frame)
    with pytest.raises(Trouble, match=r"store\.evidence_missing"):
        redraw(desk, sample.uid)
    with desk.unit() as unit:
        unit.change(Sample, sample.uid, algorithm="sample-9")
    with pytest.raises(Refusal, match=r"work\.sample_unknown_drawing"):
        redraw(desk, sample.uid)


@pytest.mark.parametrize(
    "kept", [b"a", b"a\tb", b"a\n", b"a\tb\nc", b"a\tb\n\n", b"a\tb\tc\n", b"a\nb\t", b"\n\t", b"a\tb\n\xff\t\n"]
)
def test_what_is_no_frame_is_refused(kept):
    with pytest.raises(Refusal) as caught:
        read(kept)
    assert caught.value.code == "work.bad_frame"


@pytest.mark.parametrize(
    ("kept", "frame"),
    [(b"a\t\n", {"a": ""}), ("a\tñ\nb\t\n".encode(), {"a": "ñ", "b": ""}), (b"\t\n", {"": ""})],
)
def test_a_frame_is_read_as_it_was_written(kept, frame):
    assert read(kept) == frame
    assert written(frame) == kept
