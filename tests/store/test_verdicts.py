"""What an audit came to is not decided by whose clock runs ahead, and work in another's assessment is told."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.conftest import KEY, Time
from tests.store.test_journal import everything, lines_of, take

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion
from gemba.domain.findings import Finding, FindingGrade
from gemba.store import heads, journal, opening
from gemba.store.checking import check
from gemba.store.foreign import Foreign

pytestmark = pytest.mark.on_both

CONCLUDED = AssessmentState.CONCLUDED


@pytest.fixture
def elsewhen(tmp_path):
    """Makes a store whose clock says another year."""
    made = []

    def make(year):
        time = Time()
        time.now = datetime(year, 1, 1, tzinfo=UTC)
        made.append(opening.create(tmp_path / str(year), KEY, clock=time, device_name=str(year), reserve=0))
        return made[-1]

    yield make
    for store in made:
        store.close()


def conclude(store, records, assessment, score, grade):
    with store.unit(records.person.uid) as unit:
        unit.change(Assessment, assessment, state=CONCLUDED, score=score, grade=grade, title=grade)


def the_assessment(store):
    (found,) = everything(store)["assessment"].values()
    return found


@pytest.mark.parametrize("year", [1999, 2099])
def test_the_verdict_of_who_began_it_is_shown_whatever_the_clocks_say(store, elsewhen, another, records, year) -> None:
    draft = records.begin(store)
    finding = records.finding(store, draft)
    wild = elsewhen(year)
    take(wild, lines_of(store), store)
    conclude(store, records, draft.uid, 40.0, "poor")
    conclude(wild, records, draft.uid, 100.0, "good")
    with wild.unit(records.person.uid) as unit:
        unit.change(Finding, finding.uid, grade=FindingGrade.CONFORMITY)
    with store.unit(records.person.uid) as unit:
        unit.change(Finding, finding.uid, grade=FindingGrade.MAJOR)
    ours, theirs = lines_of(store), lines_of(wild)
    for name, parts in (("one", (ours, theirs)), ("two", (theirs, ours))):
        office = another(name)
        for lines in parts:
            merged = take(office, lines, store, wild)
        shown = the_assessment(office)
        assert (shown.state, shown.score, shown.grade) == (CONCLUDED, 40.0, "poor")
        assert everything(office)["finding"][finding.uid].grade == FindingGrade.MAJOR
        assert {"score", "grade"} <= {conflict.field for conflict in journal_conflicts(office)}
        assert shown.title == ("good" if year == 2099 else "poor")  # no verdict: the later clock may choose
        assert merged.conflicts
        assert check(office, files=False) == []


def journal_conflicts(store):
    with store.reader() as reader:
        return list(journal.conflicts(reader))


def test_without_a_word_of_who_began_it_all_stores_show_the_same(store, elsewhen, another, records) -> None:
    draft = records.begin(store)
    left, right = elsewhen(1999), elsewhen(2099)
    for wild, score in ((left, 1.0), (right, 2.0)):
        take(wild, lines_of(store), store)
        conclude(wild, records, draft.uid, score, "good")
    parts = [lines_of(one) for one in (store, left, right)]
    shown = set()
    for number, order in enumerate(permutations(parts)):
        office = another(f"office {number}")
        for lines in order:
            take(office, lines, store, left, right)
        assert check(office, files=False) == []
        shown.add(the_assessment(office).score)
    assert len(shown) == 1


@given(
    uids=st.lists(st.uuids(), min_size=2, max_size=5, unique=True),
    years=st.lists(st.binary(min_size=6, max_size=6), min_size=5, max_size=5),
)
def test_the_lot_does_not_know_the_time(uids, years) -> None:
    """The first twelve digits of an id tell when it was made; they change nothing."""
    before = [str(uid) for uid in uids]
    tails = [uid[-12:] for uid in before]
    if len(set(tails)) < len(tails):
        return
    moved = {f"{year.hex()[:8]}-{year.hex()[8:]}{uid[13:]}": uid for year, uid in zip(years, before, strict=False)}
    chosen = heads.shown_verdict(dict.fromkeys(before, "x"), "y")
    assert moved[heads.shown_verdict(dict.fromkeys(moved, "x"), "y")] == chosen


def test_the_word_of_who_began_it_comes_before_the_lot() -> None:
    devices = {"b-000000000000": "other", "a-ffffffffffff": "own", "c-eeeeeeeeeeee": "own"}
    assert heads.shown_verdict(devices, "own") == "c-eeeeeeeeeeee"
    assert heads.shown_verdict(devices, "") == "b-000000000000"


def test_what_is_recorded_in_anothers_assessment_takes_part_and_is_told(store, another, records) -> None:
    draft = records.begin(store)
    mate, office = another("mate"), another("office")
    take(mate, lines_of(store), store)
    answer = records.answer(mate, draft, "/data/shared", "1")
    records.answer(mate, draft, "/data/shared", "2")
    records.finding(mate, draft)
    with mate.unit(records.person.uid) as unit:
        own = Conclusion(
            uid=records.uid(),
            assessment=draft.uid,
            score=1.0,
            grade="good",
            concluded_at=records.time(),
            person=records.person.uid,
        )
        unit.put(own)
    assert take(office, lines_of(store), store).foreign == ()
    merged = take(office, lines_of(mate), store, mate)
    assert merged.foreign == (Foreign(draft.uid, mate.device.id, 3, tuple(sorted((answer, own.uid)))),)
    assert everything(office)["answer"][answer].value == "2"
    assert take(office, lines_of(mate), store, mate).foreign == ()  # nothing new
    late = another("late")
    assert take(late, lines_of(mate), mate).foreign == ()  # nobody knows yet whose assessment it is
    assert take(late, lines_of(store), store, mate).foreign == merged.foreign


def test_what_a_device_records_in_its_own_assessment_is_not_foreign(store, another, records) -> None:
    draft = records.begin(store)
    records.answer(store, draft, "/data/a", "1")
    conclude(store, records, draft.uid, 40.0, "poor")
    assert take(another("office"), lines_of(store), store).foreign == ()
