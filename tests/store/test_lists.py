from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gemba.domain.actions import Action, ActionState
from gemba.domain.assessments import Assessment, Custody
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade, FindingState
from gemba.domain.people import Person
from gemba.domain.places import Level, Place
from gemba.errors import Refusal
from gemba.store import lists, transit
from gemba.store.lists import ACTIONS, ASSESSMENTS, FINDINGS, PACKS, TEMPLATES, Query

pytestmark = pytest.mark.on_both

ALL = {"ASSESSMENTS": ASSESSMENTS, "FINDINGS": FINDINGS, "ACTIONS": ACTIONS, "TEMPLATES": TEMPLATES, "PACKS": PACKS}
GRADES = list(FindingGrade)
STATES = list(FindingState)


@pytest.fixture
def full(store, records):
    """Places as a tree, and many records that differ in everything one may sort and filter by."""
    draft = records.begin(store)
    places = [records.place]
    with store.unit(records.person.uid) as unit:
        for n in range(5):
            place = Place(
                uid=records.uid(),
                name=["Zoo", "Ärmel", "Mill", "Mill", "Dock"][n],
                level=Level.AREA,
                parent=places[n // 2].uid,
            )
            unit.put(place)
            places.append(place)
        other = Person(uid=records.uid(), name="Björn")
        unit.put(other)
        for n in range(40):
            records.time.move(minutes=n % 3)
            assessment = msgspec.structs.replace(
                draft,
                uid=records.uid(),
                number=unit.number(Assessment),
                title=f"Walk {n % 5}",
                place=places[n % 6].uid,
                due=None if n % 3 else date(2026, 3, 1 + n % 7),
                score=None if n % 4 == 0 else float(n % 6),
                person=other.uid if n % 5 == 0 else records.person.uid,
                started_at=records.time(),
            )
            unit.put(assessment)
            finding = Finding(
                uid=records.uid(),
                number=unit.number(Finding),
                assessment=assessment.uid,
                place=places[n % 6].uid,
                criterion="Aisles are clear",
                grade=GRADES[n % 5],
                text=["Naïve café", "door", "door light", "x"][n % 4],
                state=STATES[n % 7 == 0],
                raised_at=records.time(),
                person=records.person.uid,
            )
            unit.put(finding)
            unit.put(
                Action(
                    uid=records.uid(),
                    number=unit.number(Action),
                    finding=finding.uid,
                    assessment=assessment.uid,
                    place=places[n % 6].uid,
                    text=f"Mend {n}",
                    owner=f"Owner {n % 3}",
                    due=date(2026, 2, 25) + timedelta(days=n % 8),
                    state=ActionState.DONE if n % 4 == 0 else ActionState.OPEN,
                    added_at=records.time(),
                    person=records.person.uid,
                )
            )
    records.places = places
    return store


def paged(reader, listed, query, limit):
    """All lines, page after page."""
    found = page = listed.first(reader, query, limit)
    while page:
        page = listed.after(reader, query, page[-1], limit)
        found = found + page
    return found


@pytest.mark.parametrize("name", ALL)
def test_pages_one_after_the_other_are_the_whole_list_in_order(full, name) -> None:
    with full.reader() as reader:
        for sort in ALL[name].sorts:
            for descending in (False, True):
                _check_order(reader, ALL[name], Query(sort=sort, descending=descending))


def _check_order(reader, listed, query) -> None:
    whole = listed.first(reader, query, 10_000)
    keys = listed.keys(reader, query)
    assert [line.id for line in whole] == list(keys)
    assert len(whole) == listed.count(reader, query)
    assert paged(reader, listed, query, 7) == whole
    assert listed.lines(reader, keys[3:9]) == whole[3:9]
    present = [value for value in (getattr(line, query.sort) for line in whole) if value is not None]
    if query.sort not in {"grade", "state"}:
        assert present == sorted(present, reverse=query.descending)
    backwards = msgspec.structs.replace(query, descending=not query.descending)
    assert listed.first(reader, backwards, 10_000) == whole[::-1]


QUERIES = st.builds(
    Query,
    search=st.sampled_from(["", "", "door", "cafe", "MEND", 'light "door', "F-", "nothing"]),
    where=st.fixed_dictionaries(
        {},
        optional={
            "state": st.sampled_from([("open",), ("closed",), ("open", "closed"), ()]),
            "grade": st.sets(st.sampled_from(GRADES)).map(lambda grades: tuple(sorted(grades))),
            "place": st.sampled_from([("0",), ("1",), ("4",), ("1", "5"), ("none",)]),
        },
    ),
    sort=st.sampled_from(["", *FINDINGS.sorts]),
    descending=st.booleans(),
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=QUERIES, limit=st.integers(1, 50), few=st.sampled_from([0, 5, 2000]))
def test_filters_and_search_agree_with_looking_at_every_line(full, records, query, limit, few) -> None:
    """However the rows are found (`few`: by walking an index, or by looking them up), the lines are the same."""
    below = {"0": range(6), "1": (1, 3, 4), "4": (4,), "5": (5,), "none": ()}
    asked = query.where.get("place", ())
    named = tuple(records.places[int(name)].uid if name != "none" else "none" for name in asked)
    query = msgspec.structs.replace(query, where={**query.where, **({"place": named} if asked else {})})
    allowed = {records.places[n].uid for name in asked for n in below[name]}
    lists_few = lists.FINDINGS.__class__.__module__
    with full.reader() as reader, pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{lists_few}._FEW", few)
        patch.setattr(f"{lists_few}._FEW_FOR_ALL", few)
        everything = FINDINGS.first(reader, Query(sort=query.sort, descending=query.descending), 10_000)
        expected = [line for line in everything if _accepts(line, query, allowed if asked else None)]
        assert FINDINGS.first(reader, query, limit) == expected[:limit]
        assert list(FINDINGS.keys(reader, query)) == [line.id for line in expected]
        assert FINDINGS.count(reader, query) == len(expected)
        if len(expected) > 3:
            assert FINDINGS.after(reader, query, expected[2], limit) == expected[3 : 3 + limit]


def _accepts(line, query, places) -> bool:
    import re
    import unicodedata

    plain = unicodedata.normalize("NFD", f"{line.number} {line.criterion} {line.text}".lower())
    words = re.findall(r"\w+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    searched = re.findall(r"\w+", query.search.lower().replace("-", " "))
    return (
        all(any(word.startswith(part) for word in words) for part in searched)
        and (places is None or line.place_uid in places)
        and all(getattr(line, name) in values for name, values in query.where.items() if name != "place" and values)
    )


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text() | st.text(alphabet='"*():^-+{}\\AND OR NOT NEAR\0;', max_size=20))
def test_whatever_is_typed_into_the_search_is_searched_for(full, words) -> None:
    with full.reader() as reader:
        FINDINGS.first(reader, Query(search=words))


def test_a_line_shows_what_a_row_shows(full, records) -> None:
    with full.reader() as reader:
        line = FINDINGS.first(reader, Query(sort="number"), 1)[0]
        finding = reader.get(Finding, line.uid)
        action = reader.find(Action, finding=line.uid)[0]
    with full.unit(records.person.uid) as unit:
        for removed in (False, True):
            unit.put(
                Evidence(
                    uid=records.uid(),
                    assessment=finding.assessment,
                    finding=finding.uid,
                    sha256="c" * 64,
                    name="a",
                    media_type="image/jpeg",
                    size=1,
                    added_at=records.time(),
                    person=records.person.uid,
                    removed=removed,
                )
            )
        unit.change(Action, action.uid, state=ActionState.OPEN)
    with full.reader() as reader:
        (again,) = FINDINGS.lines(reader, [line.id])
        assert (again.photos, again.actions_open) == (1, 1)
        assert (again.number, again.text, again.grade) == (finding.number, finding.text, finding.grade)
        assert again.person == "Ana"
        assert FINDINGS.key(reader, line.uid) == line.id
        (template,) = TEMPLATES.first(reader, Query())
        assert (template.used, template.languages, template.retired) == (41, ("en", "el"), False)
        assert TEMPLATES.count(reader, Query(where={"retired": ("yes",)})) == 0
        assert TEMPLATES.count(reader, Query(where={"retired": ("no",)})) == 1


def test_grades_and_states_are_sorted_by_what_they_mean(full) -> None:
    with full.reader() as reader:
        grades = [line.grade for line in FINDINGS.first(reader, Query(sort="grade"), 1000)]
        assert list(dict.fromkeys(grades)) == GRADES
        states = [line.state for line in FINDINGS.first(reader, Query(sort="state"), 1000)]
        assert list(dict.fromkeys(states)) == ["open", "closed"]


def test_open_actions_whose_day_has_passed_are_overdue(full) -> None:
    today = full.clock().date()
    with full.reader() as reader:
        lines = ACTIONS.first(reader, Query(where={"state": ("overdue",)}), 1000)
        assert lines
        assert all(line.state == "overdue" and line.due < today for line in lines)
        rest = ACTIONS.first(reader, Query(where={"state": ("open",)}), 1000)
        assert all(line.due >= today for line in rest)
        by_state = Query(sort="state")
        assert paged(reader, ACTIONS, by_state, 5) == ACTIONS.first(reader, by_state, 1000)
        assert {value for value, _ in ACTIONS.choices(reader, "state")} == {"overdue", "open", "done"}


def test_choices_count_lines(full, records) -> None:
    with full.reader() as reader:
        for value, count in FINDINGS.choices(reader, "place"):
            places = [place.uid for place in records.places]
            assert value in places
            assert count == sum(line.place_uid == value for line in FINDINGS.first(reader, Query(), 1000))


def test_a_tree_of_places_that_runs_in_a_circle_is_walked_once(full, records) -> None:
    with full.unit(records.person.uid) as unit:
        unit.change(Place, records.places[0].uid, parent=records.places[5].uid)
    with full.reader() as reader:
        assert FINDINGS.count(reader, Query(where={"place": (records.places[5].uid,)})) == 40


def test_unknown_sorts_and_filters_are_refused(store) -> None:
    with store.reader() as reader:
        with pytest.raises(Refusal, match=r"store\.unknown_sort"):
            FINDINGS.first(reader, Query(sort="colour"))
        with pytest.raises(Refusal, match=r"store\.unknown_filter"):
            FINDINGS.first(reader, Query(where={"colour": ("red",)}))
        with pytest.raises(Refusal, match=r"store\.unknown_record"):
            FINDINGS.key(reader, "x")


def test_custody_goes_from_here_to_held_and_back_when_something_is_added(store, records) -> None:
    draft = records.begin(store)
    sha256, size = store.evidence.keep(b"photo")

    def custody() -> Custody:
        with store.reader() as reader:
            (line,) = ASSESSMENTS.first(reader, Query())
            assert ASSESSMENTS.count(reader, Query(where={"custody": (line.custody,)})) == 1
            return line.custody

    def seal(n: int) -> transit.Pack:
        with store.unit(records.person.uid) as unit:
            [stretch] = transit.unsent_ranges(unit)
            pack = transit.Pack(
                uid=records.uid(),
                sha256=str(n) * 64,
                state=Custody.SEALED,
                prev=None,
                sealed_at=records.time(),
                to="hq",
                file="f",
                size=1,
                operations=1,
                blobs=1,
                **msgspec.structs.asdict(stretch),
            )
            transit.add_pack(unit, pack, transit.to_send_blobs(unit))
        return pack

    with store.unit(records.person.uid) as unit:
        unit.put(
            Evidence(
                uid=records.uid(),
                assessment=draft.uid,
                sha256=sha256,
                name="a",
                media_type="image/jpeg",
                size=size,
                added_at=records.time(),
                person=records.person.uid,
            )
        )
    assert custody() is Custody.HERE
    pack = seal(1)
    assert custody() is Custody.SEALED
    with store.unit(records.person.uid) as unit:
        transit.mark_sent(unit, pack.sha256)
    assert custody() is Custody.SENT
    with store.unit(records.person.uid) as unit:
        transit.mark_held(unit, {pack.epoch: [[1, pack.last_seq]]}, [])
    assert custody() is Custody.SENT  # headquarters lacks the photo
    with store.unit(records.person.uid) as unit:
        transit.mark_held(unit, {}, [sha256, "a" * 64, "b" * 64])
    assert custody() is Custody.HELD
    records.answer(store, draft, "/data/a", "one more")
    assert custody() is Custody.HERE
    seal(2)
    assert custody() is Custody.SEALED


def test_moments_and_days_come_back_as_such(full) -> None:
    with full.reader() as reader:
        line = next(line for line in ASSESSMENTS.first(reader, Query(), 100) if line.due)
        assert isinstance(line.due, date)
        assert line.started_at.tzinfo is UTC
        assert datetime(2026, 3, 2, tzinfo=UTC) < line.started_at < datetime(2026, 3, 3, tzinfo=UTC) + timedelta(days=1)
