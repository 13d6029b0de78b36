from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from gemba.domain.calendar_format import Event, calendar, folded

NOW = datetime(2026, 11, 21, 9, 30, 15, tzinfo=UTC)
words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200)


def events_in(data: bytes) -> list:
    return list(Calendar.from_ical(data).walk("VEVENT"))


def test_a_day_is_a_whole_day_and_a_moment_is_in_utc() -> None:
    day = Event(uid="a@gemba", stamp=NOW, title="Audit", begins=date(2026, 12, 31))
    at = Event(uid="b@gemba", stamp=NOW, title="Walk", begins=NOW, ends=NOW + timedelta(hours=1), sequence=3)
    hour, whole = sorted(events_in(calendar("Audits", [at, day])), key=lambda one: one["UID"], reverse=True)
    assert (whole["DTSTART"].dt, whole["DTEND"].dt) == (date(2026, 12, 31), date(2027, 1, 1))
    assert (hour["DTSTART"].dt, hour["DTEND"].dt) == (NOW, NOW + timedelta(hours=1))
    assert (hour["DTSTAMP"].dt, int(hour["SEQUENCE"])) == (NOW, 3)


@given(words, words, words)
def test_any_words_come_out_as_they_went_in(title, text, where) -> None:
    said = Event(uid="a@gemba", stamp=NOW, title=title, begins=NOW, text=f"{text}\nsecond; line, \\n", where=where)
    data = calendar("Name; of, it", [said])
    (found,) = events_in(data)
    assert str(found["SUMMARY"]) == title
    assert str(found["DESCRIPTION"]) == f"{text}\nsecond; line, \\n"
    assert str(found.get("LOCATION", "")) == where


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=400))
def test_no_line_has_more_than_75_octets_and_no_letter_is_cut(line) -> None:
    parts = folded(line).split(b"\r\n")
    assert parts.pop() == b""
    assert all(len(part) <= 75 for part in parts)
    assert "".join([parts[0].decode(), *(part.decode()[1:] for part in parts[1:])]) == line


def test_the_same_events_in_any_order_give_the_same_bytes() -> None:
    events = [Event(uid=str(n), stamp=NOW, title="x", begins=date(2026, 1, 1 + n % 3)) for n in range(9)]
    assert calendar("A", events) == calendar("A", reversed(events))


def test_a_calendar_without_events_and_control_signs_are_read_too() -> None:
    assert events_in(calendar("Nothing", [])) == []
    (found,) = events_in(
        calendar("A", [Event(uid="a", stamp=NOW, title="a\x00b\r\nc\x07", begins=NOW, cancelled=True)])
    )
    assert str(found["SUMMARY"]) == "ab\nc"
    assert str(found["STATUS"]) == "CANCELLED"
