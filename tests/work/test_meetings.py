"""A body plans its meetings by its cadence; what is undecided rolls over; minutes are frozen; decisions go on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.work.auditing import another_person
from tests.work.meeting import MONDAY, SEATS, body_of, council, kept, later, planned, seats_of

from gemba.domain import agendas
from gemba.domain.actions import Action
from gemba.domain.escalations import Escalation, EscalationState
from gemba.domain.findings import FindingGrade
from gemba.domain.governance import Meeting, MeetingState
from gemba.domain.people import Person
from gemba.domain.places import Level
from gemba.domain.programmes import Schedule
from gemba.errors import Refusal
from gemba.work import bodies, follow_action, meetings, minutes
from gemba.work.bodies import BodyDraft, Cadence, Seat
from gemba.work.desk import Desk
from gemba.work.escalations import Case, escalate
from gemba.work.make_scheduled import scheduled_uid
from gemba.work.minutes import Minutes
from gemba.work.people import describe_person
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding


def refused(run: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as found:
        run()
    return found.value.code


def raised(desk: Desk, place: str, title: str = "Queue at one counter") -> str:
    case = Case(title=title, place=place, tried="A colleague helps at noon.", asked=f"May we mend it? {title}")
    return escalate(desk, case).uid


def late_action(desk: Desk, audit: str) -> str:
    then = later(desk, -30)
    finding = raise_finding(then, audit, grade=FindingGrade.MINOR, criterion="Labels", text="No label.").uid
    due = MONDAY - timedelta(days=9)
    return follow_action.add(then, finding, text="Label the shelf.", owner="Team lead", due=due).uid


def hold(desk: Desk, uid: str, /, present: tuple[str, ...] = SEATS, **said: object) -> None:
    minutes.hold(desk, uid, Minutes(present=present, **said))


def test_a_body_has_a_cadence_and_seats(desk: Desk, place: str) -> None:
    uid = council(desk, place)
    body = body_of(desk, uid)
    with desk.reader() as reader:
        schedule = reader.get(Schedule, body.schedule or "")
    assert schedule is not None
    assert (schedule.subject, schedule.rule, schedule.place) == (
        f"governance_body:{uid}",
        "FREQ=WEEKLY;BYDAY=MO",
        place,
    )
    assert [(one.role, one.is_chair) for one in seats_of(desk, uid)] == [
        (SEATS[0], True),
        (SEATS[1], False),
        (SEATS[2], False),
    ]
    bodies.change(desk, uid, cadence=Cadence(rule="FREQ=DAILY"), takes=("audit",))
    assert body_of(desk, uid).schedule == schedule.uid
    assert body_of(desk, uid).takes == ("audit",)
    bodies.retire(desk, uid)
    assert refused(lambda: meetings.plan(desk, uid)) == "work.body_dissolved"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"title": " "}, "work.body_title"),
        ({"purpose": "n/a"}, "work.body_purpose"),
        ({"takes": ("rumour",)}, "domain.agenda_takes"),
        ({"quorum": 0}, "domain.quorum"),
        ({"quorum": 4}, "domain.quorum_too_large"),
        ({"seats": ("Lead", "lead"), "quorum": None}, "domain.terms_overlap"),
        ({"cadence": Cadence(rule="FREQ=HOURLY")}, "domain.rule_too_often"),
        ({"cadence": Cadence(rule="FREQ=DAILY", zone="Nowhere/Land")}, "domain.schedule_zone"),
        ({"place": "nowhere"}, "work.unknown_record"),
    ],
)
def test_a_body_that_makes_no_sense_is_refused(desk: Desk, fields: dict[str, object], code: str) -> None:
    assert refused(lambda: council(desk, **fields)) == code
    with desk.reader() as reader:
        assert bodies.bodies(reader) == []


def test_a_second_body_of_the_same_name_is_refused(desk: Desk) -> None:
    council(desk)
    assert refused(lambda: council(desk, title="service COUNCIL")) == "work.body_there"


def test_seats_are_had_in_terms_one_after_the_other(desk: Desk) -> None:
    uid = council(desk, quorum=None)
    somebody = another_person(desk, "Ben Second")

    def seat(role: str, **fields: object) -> str:
        return bodies.seat(desk, uid, Seat(role=role, **fields)).uid

    customer = seat("Customer advocate", member=somebody, ends=MONDAY + timedelta(days=30))
    assert refused(lambda: seat("customer  ADVOCATE", begins=MONDAY + timedelta(days=30))) == "domain.terms_overlap"
    assert refused(lambda: seat("Guest", member=somebody)) == "domain.sits_twice"
    assert refused(lambda: seat("Guest", is_chair=True)) == "domain.two_chairs"
    assert refused(lambda: seat("Guest", ends=MONDAY - timedelta(days=1))) == "domain.term_backwards"
    assert refused(lambda: seat("-")) == "work.seat_role"
    assert refused(lambda: seat("Guest", begins=date(1, 1, 1))) == "work.term_years"
    seat("Customer advocate", begins=MONDAY + timedelta(days=31))
    bodies.end(desk, customer, MONDAY + timedelta(days=10))
    assert refused(lambda: bodies.end(later(desk, 20), customer)) == "work.term_over"


def test_a_seat_is_not_ended_below_the_quorum(desk: Desk) -> None:
    uid = council(desk, quorum=3)
    one = seats_of(desk, uid)[1]
    assert refused(lambda: bodies.end(desk, one.uid)) == "work.quorum_lost"
    bodies.change(desk, uid, quorum=2)
    bodies.end(desk, one.uid)
    assert refused(lambda: bodies.change(desk, uid, quorum=5)) == "domain.quorum_too_large"


def test_meetings_follow_the_cadence_and_are_never_planned_twice(desk: Desk) -> None:
    uid = council(desk)
    days = [kept(desk, planned(desk, uid)).planned_on for _ in range(3)]
    assert days == [MONDAY, MONDAY + timedelta(days=7), MONDAY + timedelta(days=14)]
    assert refused(lambda: planned(desk, uid, MONDAY)) == "work.meeting_twice"
    extra = planned(desk, uid, MONDAY + timedelta(days=2))
    assert kept(desk, extra).planned_on == MONDAY + timedelta(days=2)
    assert refused(lambda: meetings.move(desk, extra, MONDAY, "Holiday that day.")) == "work.meeting_twice"
    assert refused(lambda: planned(desk, uid, date(2036, 1, 1))) == "work.meeting_far"


def test_the_same_date_of_a_cadence_is_the_same_meeting_on_every_laptop(desk: Desk) -> None:
    uid = council(desk)
    assert planned(desk, uid, MONDAY + timedelta(days=7)) == scheduled_uid(
        body_of(desk, uid).schedule or "", MONDAY + timedelta(days=7)
    )


def test_a_body_without_seats_or_cadence_cannot_plan(desk: Desk) -> None:
    bare = bodies.add(desk, BodyDraft(title="Forum", purpose="Hears both sides.", quorum=9)).uid
    assert refused(lambda: planned(desk, bare)) == "work.meeting_without_day"
    assert refused(lambda: planned(desk, bare, MONDAY)) == "domain.body_without_seats"
    bodies.seat(desk, bare, Seat(role="Chair", is_chair=True))
    assert refused(lambda: planned(desk, bare, MONDAY)) == "domain.quorum_too_large"
    bodies.change(desk, bare, quorum=None)
    planned(desk, bare, MONDAY)


def test_a_cadence_that_has_ended_says_so(desk: Desk) -> None:
    uid = council(desk, cadence=Cadence(rule="FREQ=DAILY;COUNT=1"))
    planned(desk, uid)
    assert refused(lambda: planned(desk, uid)) == "work.cadence_over"


def test_an_agenda_is_built_from_what_waits_here_above_and_below(desk: Desk, audit: str, place: str) -> None:
    region = add_place(desk, "North", level=Level.REGION).uid
    site = add_place(desk, "Kiosk", parent=region).uid
    below, elsewhere = raised(desk, site), raised(desk, place)
    above = raised(desk, region, "Both counters")
    late = late_action(desk, audit)
    here = kept(desk, planned(desk, council(desk, site))).agenda
    assert set(here) == {f"escalation:{below}", f"escalation:{above}"}
    every = kept(desk, planned(desk, council(desk, title="Board"))).agenda
    assert set(every) == {*here, f"escalation:{elsewhere}", f"action:{late}"}
    assert every[-1] == f"action:{late}"


def test_an_agenda_has_the_first_of_each_sort_and_says_what_is_left_out(desk: Desk, place: str) -> None:
    for at in range(14):
        raised(desk, place, f"Queue {at}")
    meeting = planned(desk, council(desk, place), None, "The new opening hours")
    assert len(kept(desk, meeting).agenda) == 13
    _, fresh = meetings.build(desk, meeting)
    assert fresh.left_out == {"escalation": 2}
    assert kept(desk, meeting).agenda[-1] == "The new opening hours"


def test_it_is_ordered_by_hand_and_own_words_are_checked(desk: Desk, place: str) -> None:
    first, second = raised(desk, place, "One"), raised(desk, place, "Two")
    meeting = planned(desk, council(desk, place))
    meetings.add_entry(desk, meeting, "  Opening   hours ")
    wanted = ("Opening hours", f"escalation:{second}")
    meetings.arrange(desk, meeting, wanted)
    assert kept(desk, meeting).agenda == wanted
    for words, code in (
        ("", "domain.agenda_entry"),
        ("Opening hours", "domain.agenda_entry_twice"),
        ("x" * 401, "domain.agenda_entry_long"),
    ):
        assert refused(lambda words=words: meetings.add_entry(desk, meeting, words)) == code
    assert refused(lambda: meetings.arrange(desk, meeting, ("Rumours",))) == "work.not_on_agenda"
    meetings.build(desk, meeting)
    assert kept(desk, meeting).agenda == (*wanted, f"escalation:{first}")


def test_what_is_undecided_rolls_over_and_says_how_often(desk: Desk, place: str) -> None:
    one, two = raised(desk, place, "One"), raised(desk, place, "Two")
    uid = council(desk, place)
    first = planned(desk, uid, MONDAY, "Opening hours")
    hold(desk, first, decided={f"escalation:{one}": "Yes, from April on."})
    second = planned(desk, uid)
    assert kept(desk, second).agenda[:2] == (f"escalation:{two}", "Opening hours")
    meetings.call_off(later(desk, 1), second, "Two seats are ill.")
    third = planned(desk, uid)
    with desk.reader() as reader:
        earlier = agendas.before(kept(desk, third), reader.find(Meeting, body=uid))
    assert {each.entry: each.times for each in agendas.rolled_over(earlier)} == {
        f"escalation:{two}": 2,
        "Opening hours": 2,
        f"escalation:{one}": 1,
    }


def test_what_was_settled_elsewhere_does_not_roll_over(desk: Desk, audit: str, place: str) -> None:
    late = late_action(desk, audit)
    uid = council(desk, place)
    hold(desk, planned(desk, uid))
    follow_action.done(desk, late, "Labels hang.")
    assert kept(desk, planned(desk, uid)).agenda == ()


def test_minutes_are_not_kept_before_the_day_and_are_frozen_after(desk: Desk, place: str) -> None:
    uid = council(desk, place)
    meeting = planned(desk, uid, MONDAY + timedelta(days=7), "Opening hours")
    assert refused(lambda: hold(desk, meeting)) == "work.meeting_not_yet"
    assert refused(lambda: minutes.decide(desk, meeting, "Opening hours", "Longer.")) == "work.meeting_not_yet"
    then = later(desk, 7)
    tomorrow = MONDAY + timedelta(days=9)
    assert refused(lambda: hold(then, meeting, held_on=tomorrow)) == "work.meeting_ahead"
    minutes.decide(then, meeting, "Opening hours", "Longer on Saturdays.")
    hold(then, meeting, ("Site lead", "head of  Service", "A guest"), minutes="It went well.")
    one = kept(desk, meeting)
    assert (one.state, one.held_on) == (MeetingState.HELD, MONDAY + timedelta(days=7))
    assert one.present == "Site lead; head of Service; A guest"
    assert one.decided == {"Opening hours": "Longer on Saturdays."}
    for run in (
        lambda: hold(then, meeting),
        lambda: minutes.decide(then, meeting, "Opening hours", "Shorter."),
        lambda: meetings.arrange(then, meeting, ()),
        lambda: meetings.call_off(then, meeting, "No."),
        lambda: meetings.call_off(then, meeting, "It never was."),
    ):
        assert refused(run) in {"work.minutes_frozen", "work.meeting_reason"}
    assert refused(lambda: meetings.correct(then, meeting, "It was Sundays.")) == "work.no_next_meeting"
    following = planned(then, uid)
    meetings.correct(then, meeting, "It was Sundays.")
    assert kept(desk, following).agenda[-1] == f"{one.number}: It was Sundays."


def test_without_a_quorum_nothing_is_decided(desk: Desk, place: str) -> None:
    meeting = planned(desk, council(desk, place), MONDAY, "Opening hours")
    alone = ("Site lead", "Passer-by")
    decided = {"Opening hours": "Longer."}
    assert refused(lambda: hold(desk, meeting, alone, decided=decided)) == "work.no_quorum"
    assert refused(lambda: hold(desk, meeting, ("Passer-by",))) == "work.nobody_present"
    assert refused(lambda: hold(desk, meeting, SEATS, decided={"Opening hours": "n/a"})) == "work.decision_says_nothing"
    hold(desk, meeting, alone)
    assert kept(desk, meeting).decided == {}


def test_a_decision_goes_on_to_its_record(desk: Desk, audit: str, place: str) -> None:
    one, late = raised(desk, place), late_action(desk, audit)
    meeting = planned(desk, council(desk, place), MONDAY, "Opening hours")
    entry, act = f"escalation:{one}", f"action:{late}"
    decided = {entry: "A second counter.", act: "Labels by Friday.", "Opening hours": "Longer."}
    assert refused(lambda: minutes.carry(desk, meeting, entry)) == "work.meeting_not_held"
    hold(desk, meeting, decided=decided, carry={entry: date(2026, 6, 30)})
    with desk.reader() as reader:
        escalation = reader.get(Escalation, one)
    assert escalation is not None
    assert (escalation.state, escalation.outcome) == (EscalationState.DECIDED, "A second counter.")
    assert (escalation.decided_by, escalation.expires) == ("Service council", date(2026, 6, 30))
    assert refused(lambda: minutes.carry(desk, meeting, act, MONDAY - timedelta(days=1))) == "work.carried_back"
    minutes.carry(desk, meeting, act, date(2026, 3, 6))
    with desk.reader() as reader:
        action = reader.get(Action, late)
    assert action is not None
    number = kept(desk, meeting).number
    assert (action.text, action.due) == (
        f"Label the shelf.\nDecided in {number}: Labels by Friday.",
        date(2026, 3, 6),
    )
    assert refused(lambda: minutes.carry(desk, meeting, act)) == "work.decision_carried"
    assert refused(lambda: minutes.carry(desk, meeting, "Opening hours")) == "work.decision_not_carried"


def test_a_record_that_does_not_take_the_decision_leaves_the_meeting_as_it_was(desk: Desk, place: str) -> None:
    one = raised(desk, place)
    meeting = planned(desk, council(desk, place))
    entry = f"escalation:{one}"
    wrong = {"decided": {entry: "Yes, at once."}, "carry": {entry: MONDAY - timedelta(days=9)}}
    assert refused(lambda: hold(desk, meeting, **wrong)) == "work.escalation_expired"
    assert kept(desk, meeting).state is MeetingState.PLANNED


def test_minutes_name_roles_and_no_persons(desk: Desk, place: str) -> None:
    describe_person(desk, name="Karla Kolumna")
    uid = council(desk, place)
    meeting = planned(desk, uid, MONDAY, "Opening hours")
    assert refused(lambda: meetings.add_entry(desk, meeting, "Why Karla Kolumna was late")) == "work.names_people"
    assert refused(lambda: hold(desk, meeting, minutes="Karla Kolumna spoke.")) == "work.names_people"
    assert refused(lambda: hold(desk, meeting, minutes="We heard Peter Miller.")) == "work.may_name_people"
    hold(desk, meeting, minutes="We heard Peter Miller.", are_no_names=True)


def test_who_has_left_is_given_no_seat(desk: Desk) -> None:
    uid, gone = council(desk), another_person(desk, "Ben Second")
    with desk.unit() as unit:
        unit.change(Person, gone, left_on=MONDAY)
    assert refused(lambda: bodies.seat(desk, uid, Seat(role="Guest", member=gone))) == "work.member_left"
    bodies.seat(desk, uid, Seat(role="Guest", member=gone, begins=MONDAY - timedelta(days=9)))


ENTRIES = st.sampled_from(["a", "b", "c", "d"])


@given(st.lists(st.tuples(st.lists(ENTRIES, unique=True), st.sets(ENTRIES)), min_size=1, max_size=8))
def test_nothing_undecided_is_lost_and_the_count_is_that_of_the_meetings(
    said: list[tuple[list[str], set[str]]],
) -> None:
    """Each meeting takes what rolled over, adds its own, decides some; what is never decided stands in the last one."""
    held: list[Meeting] = []
    open_since: dict[str, int] = {}
    for at, (own, decided) in enumerate(said):
        agenda = agendas.joined((one.entry for one in agendas.rolled_over(held)), own)
        one = Meeting(
            uid=f"{at:036d}",
            number="M",
            body="b",
            planned_on=MONDAY + timedelta(days=at),
            agenda=agenda,
            decided={entry: "Yes." for entry in agenda if entry in decided},
            state=MeetingState.HELD if at % 3 else MeetingState.CANCELLED,
            made_at=None,  # type: ignore[arg-type] - not looked at
            person="p",
        )
        held.append(one)
        for entry in agenda:
            open_since[entry] = 0 if entry in decided else open_since.get(entry, 0) + 1
    assert {one.entry: one.times for one in agendas.rolled_over(held)} == {
        entry: times for entry, times in open_since.items() if times
    }
