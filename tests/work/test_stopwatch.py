"""The stopwatch: no time is lost or made up, whatever keys are pressed, and whatever the computer's clock does."""

from __future__ import annotations

import itertools
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.conftest import new_uid, ticking_clock

from gemba.domain.time_studies import TimeCategory, TimeReading
from gemba.errors import Refusal
from gemba.work import time_studies
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.people import describe_person
from gemba.work.places import add_place
from gemba.work.stopwatch import STANDSTILL, Clocks, Stopwatch, WatchState
from gemba.work.time_facts import facts_of
from gemba.work.time_taking import take

ELEMENTS = ("greet", "check", "wait")


class Laptop:
    """Two clocks that are moved by hand."""

    def __init__(self) -> None:
        self.awake = self.asleep = 0.0
        self.uids = (f"reading-{n}" for n in itertools.count(1))

    def watch(self, elements: tuple[str, ...] = ELEMENTS, cycle: int = 1) -> Stopwatch:
        clocks = Clocks(lambda: self.awake, lambda: self.awake + self.asleep)
        return Stopwatch(elements, lambda: next(self.uids), cycle, clocks)

    def wait(self, seconds: float) -> None:
        self.awake += seconds


def laps(laptop, watch, *seconds):
    taken = []
    for each in seconds:
        laptop.wait(each)
        taken.append(watch.lap())
    return taken


def test_a_lap_goes_to_the_next_element_and_the_last_one_to_the_next_cycle():
    laptop = Laptop()
    watch = laptop.watch()
    watch.start()
    taken = laps(laptop, watch, 3, 4, 5, 6)
    assert [(one.element, one.cycle, one.seconds) for one in taken] == [
        ("greet", 1, 3.0),
        ("check", 1, 4.0),
        ("wait", 1, 5.0),
        ("greet", 2, 6.0),
    ]
    assert (watch.element, watch.cycle) == ("check", 2)


def test_a_lap_taken_back_goes_on_as_if_the_key_had_not_been_pressed():
    laptop = Laptop()
    watch = laptop.watch()
    watch.start()
    (first,) = laps(laptop, watch, 3)
    laptop.wait(2)
    back = watch.back()
    assert (back.reading, back.left_out) == (first.reading, "Taken back")
    assert (watch.element, watch.seconds) == ("greet", 5)
    (again,) = laps(laptop, watch, 1)
    assert (again.reading, again.seconds, again.left_out) == (first.reading, 6, "")
    assert watch.back() is not None
    assert watch.back() is None


def test_an_element_out_of_order_is_chosen_and_the_left_one_comes_at_the_end():
    laptop = Laptop()
    watch = laptop.watch()
    watch.start()
    laps(laptop, watch, 3)
    assert watch.choose(2)
    laps(laptop, watch, 4)
    assert watch.element == "check"
    assert watch.next_cycle()
    assert (watch.element, watch.cycle) == ("greet", 2)
    assert not watch.next_cycle()
    assert not watch.choose(9)


def test_pause_and_what_is_foreign_count_to_no_element():
    laptop = Laptop()
    watch = laptop.watch()
    watch.start()
    laptop.wait(2)
    watch.pause()
    laptop.wait(100)
    watch.start()
    laptop.wait(1)
    assert watch.foreign() is None
    laptop.wait(30)
    assert (watch.seconds, watch.foreign_seconds) == (3, 30)
    assert watch.lap() is None
    foreign = watch.foreign()
    assert (foreign.seconds, foreign.left_out) == (30, "Foreign to the work")
    assert laps(laptop, watch, 1)[0].seconds == 4


@pytest.mark.parametrize("how", ["asleep", "gap"])
def test_a_laptop_that_slept_drops_the_running_time_and_tears_the_cycle(how):
    laptop = Laptop()
    watch = laptop.watch()
    watch.start()
    laps(laptop, watch, 3)
    laptop.wait(1)
    assert watch.look() is None
    if how == "asleep":
        laptop.asleep += 700
    else:
        laptop.awake += 700
    assert watch.look() == pytest.approx(700)
    assert (watch.state, watch.seconds, watch.cycle, watch.element) == (WatchState.READY, 0.0, 2, "greet")
    assert watch.look() is None
    watch.start()
    assert laps(laptop, watch, 2)[0].seconds == 2


def test_a_key_pressed_twice_is_no_time():
    laptop = Laptop()
    watch = laptop.watch()
    assert watch.lap() is None
    watch.start()
    laptop.wait(0.05)
    assert watch.lap() is None
    laptop.wait(0.05)
    assert watch.lap() is not None


KEYS = st.lists(
    st.tuples(
        st.sampled_from(["start", "lap", "back", "pause", "foreign", "next_cycle", "leave", "1", "2", "3"]),
        st.floats(0, STANDSTILL - 1, allow_nan=False),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(KEYS)
def test_whatever_keys_are_pressed_all_time_is_told_once(keys):
    laptop = Laptop()
    watch = laptop.watch()
    kept: dict[str, float] = {}
    held = 0.0
    for key, seconds in keys:
        if watch.state in (WatchState.RUNNING, WatchState.FOREIGN):
            held += seconds
        laptop.wait(seconds)
        assert watch.look() is None
        if key in "123":
            watch.choose(int(key) - 1)
        elif key == "leave":
            watch.leave_out("A call")
        else:
            taken = getattr(watch, key)()
            if key in {"lap", "foreign"} and taken is not None:
                kept[taken.reading] = taken.seconds
            if key == "back" and taken is not None:
                del kept[taken.reading]
        assert watch.cycle >= 1
        assert 0 <= watch.at < len(ELEMENTS)
        assert watch.seconds >= 0
    told = sum(kept.values()) + watch.seconds + watch.foreign_seconds
    # Foreign times below the shortest are dropped, and each kept time is rounded.
    assert told <= held + 0.01 * (len(keys) + 1)
    assert told >= held - 0.11 * (len(keys) + 1)


def test_every_lap_is_in_the_store_at_once_and_a_torn_cycle_says_so(desk, place):
    categories = (TimeCategory.VALUE, TimeCategory.NECESSARY, TimeCategory.WAIT)
    study = time_studies.begin(desk, "Open an account", place, list(zip(ELEMENTS, categories, strict=True))).uid
    with desk.reader() as reader:
        elements = tuple(one.uid for one in time_studies.elements_of(reader, study))
    laptop = Laptop()
    watch = laptop.watch(elements)
    watch.start()
    for seconds in (3, 4, 5, 6):
        (taken,) = laps(laptop, watch, seconds)
        take(desk, study, taken)
    with desk.reader() as reader:
        facts = facts_of(reader, study)
        assert [(one.n, one.median) for one in facts.elements] == [(2, 4.5), (1, 4), (1, 5)]
        assert [(one.cycle, one.without) for one in facts.torn] == [(2, ("check", "wait"))]
        assert "Cycle 2 was interrupted: it has no time of check, wait." in facts.remarks
    take(desk, study, watch.back())
    with desk.reader() as reader:
        assert facts_of(reader, study).elements[0].n == 1
    (taken,) = laps(laptop, watch, 1)
    take(desk, study, taken)
    with desk.reader() as reader:
        assert [one.seconds for one in reader.find(TimeReading, study=study, cycle=2)] == [7]


def test_no_reason_names_a_person_and_no_other_study_takes_the_time(desk, place):
    describe_person(desk, name="Marguerite Holloway")
    study = time_studies.begin(desk, "Account", place, [("Greet", TimeCategory.VALUE)]).uid
    other = time_studies.begin(desk, "Card", place, [("Greet", TimeCategory.VALUE)]).uid
    with desk.reader() as reader:
        (element,) = time_studies.elements_of(reader, study)
    laptop = Laptop()
    watch = laptop.watch((element.uid,))
    watch.start()
    (taken,) = laps(laptop, watch, 3)
    with pytest.raises(Refusal, match="unknown_record"):
        take(desk, other, taken)
    take(desk, study, taken)
    with pytest.raises(Refusal, match="name"):
        take(desk, study, watch.leave_out("Marguerite Holloway was called"))
    with desk.reader() as reader:
        assert reader.get(TimeReading, taken.reading).left_out == ""


@pytest.fixture(scope="module")
def fresh_desk(tmp_path_factory):
    desk = make_desk(tmp_path_factory.mktemp("moving") / "store", clock=ticking_clock(), ids=new_uid, demo=True)
    place = add_place(desk, "Harbour branch").uid
    study = time_studies.begin(desk, "Work", place, [(f"{n}", TimeCategory.VALUE) for n in range(5)]).uid
    with desk.reader() as reader:
        of = {one.title: one.uid for one in time_studies.elements_of(reader, study)}
    yield desk, study, of
    desk.store.close()


@settings(max_examples=15, deadline=None)
@given(st.permutations(range(5)), st.integers(0, 4), st.integers(0, 5))
def test_where_an_element_is_put_there_it_stands(fresh_desk, order, moved, before):
    desk, study, of = fresh_desk
    titles = [f"{n}" for n in range(5)]
    for each in order:
        time_studies.move_element(desk, of[titles[each]], None)
    target = titles[before] if before < 5 and before != moved else None
    time_studies.move_element(desk, of[titles[moved]], of[target] if target else None)
    expected = [titles[each] for each in order if each != moved]
    expected.insert(expected.index(target) if target else len(expected), titles[moved])
    with desk.reader() as reader:
        assert [one.title for one in time_studies.elements_of(reader, study)] == expected


KILLED = """
import sys
from pathlib import Path
from tests.conftest import new_uid, ticking_clock
from gemba.domain.time_studies import TimeCategory
from gemba.work import time_studies
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.stopwatch import Taken
from gemba.work.time_taking import take

desk = make_desk(Path(sys.argv[1]), clock=ticking_clock(), ids=new_uid, demo=True)
place = add_place(desk, "Harbour branch").uid
study = time_studies.begin(desk, "Account", place, [("Greet", TimeCategory.VALUE)]).uid
with desk.reader() as reader:
    (element,) = time_studies.elements_of(reader, study)
for cycle in range(1, 100_000):
    take(desk, study, Taken(new_uid(), element.uid, cycle, 2.0))
    print(cycle, flush=True)
"""


def test_a_program_that_is_killed_has_kept_every_lap_that_was_taken(tmp_path):
    run = [sys.executable, "-c", KILLED, str(tmp_path / "store")]
    with subprocess.Popen(run, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]) as program:
        told = [int(program.stdout.readline()) for _ in range(7)]
        program.kill()
        told += [int(line) for line in program.stdout.read().splitlines() if line.isdigit()]
    desk = open_desk(tmp_path / "store", clock=ticking_clock(), ids=new_uid)
    try:
        with desk.reader() as reader:
            cycles = {one.cycle for one in reader.find(TimeReading)}
    finally:
        desk.store.close()
    assert set(told) <= cycles
    assert len(cycles) - len(told) <= 1
