"""Surveys: counts are kept, nobody's answer; no score below ten answers; ranks only as far as intervals allow."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest

from gemba.domain.follow_through import Instrument, Survey
from gemba.domain.measures import Period
from gemba.errors import Refusal
from gemba.work.desk import Desk
from gemba.work.import_survey import SurveyImport, set_guard_days, take_survey
from gemba.work.places import add_place
from gemba.work.survey_scores import SurveyQuestion, scores

NPS = SurveyImport(Instrument.NPS, "After the visit")


def csv_of(*rows: tuple[object, ...], head: str = "date,score,place,customer_id") -> bytes:
    return "\n".join([head, *(",".join(map(str, row)) for row in rows)]).encode()


def kept(desk: Desk) -> list[Survey]:
    with desk.reader() as reader:
        return reader.find(Survey)


def answers(place: str, month: int, up: int, down: int) -> list[tuple[object, ...]]:
    return [(f"2026-{month:02}-03", score, place, "") for score, n in ((10, up), (3, down)) for _ in range(n)]


def test_answers_become_counts_by_place_and_month_and_nobody_is_named(desk: Desk, place: str) -> None:
    done = take_survey(
        desk,
        csv_of(
            ("2026-01-04", 9, "harbour branch", "visitor-17"),
            ("2026-01-30", 4, "Harbour branch", "visitor-18"),
            ("2026-02-01", 9, "", "visitor-19"),
        ),
        NPS,
    )
    assert (done.answers, done.surveys, done.added, done.refused) == (3, 2, 2, ())
    first, second = sorted(kept(desk), key=lambda one: one.begins)
    assert (first.place, first.begins, first.ends, first.counts) == (
        place,
        date(2026, 1, 1),
        date(2026, 1, 31),
        {"9": 1, "4": 1},
    )
    assert second.place is None
    assert "visitor-17" not in repr(kept(desk))


def test_the_same_file_again_changes_nothing_and_a_newer_one_replaces(desk: Desk, place: str) -> None:
    file = csv_of(*answers("Harbour branch", 1, 5, 5))
    take_survey(desk, file, NPS)
    again = take_survey(desk, file, NPS)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 1)
    newer = take_survey(desk, csv_of(*answers("Harbour branch", 1, 6, 5)), NPS)
    assert (newer.added, newer.changed, newer.unchanged) == (0, 1, 0)
    assert kept(desk)[0].counts == {"10": 6, "3": 5}


def test_a_dry_run_writes_nothing(desk: Desk, place: str) -> None:
    assert take_survey(desk, csv_of(*answers("Harbour branch", 1, 5, 5)), NPS, dry_run=True).added == 1
    assert kept(desk) == []


def test_rows_that_cannot_be_taken_are_told_with_their_reason(desk: Desk, place: str) -> None:
    done = take_survey(
        desk,
        csv_of(
            ("2026-01-04", 11, "", ""),
            ("31/02/2026", 9, "", ""),
            ("2026-01-04", 9, "Nowhere", ""),
            ("2026-01-04", "=9", "", ""),
            ("2026-01-04", 9, "", ""),
        ),
        NPS,
    )
    assert [(bad.row, bad.reason, bad.given) for bad in done.refused] == [
        (2, "score", "11"),
        (3, "day", "31/02/2026"),
        (4, "place", "Nowhere"),
        (5, "score", "=9"),
    ]
    assert done.answers == 1


def test_counted_rows_with_semicolons(desk: Desk) -> None:
    file = "Month;Score;Count;Asked\n2026-01;5;40;300\n2026-01;1;10;300\n".encode("cp1252")
    take_survey(desk, file, SurveyImport(Instrument.CSAT, "Kiosk", period=Period.QUARTER))
    found = scores(desk, SurveyQuestion(Instrument.CSAT)).whole
    assert found is not None
    assert (found.n, found.value, found.asked) == (50, 80, 300)
    assert found.low == pytest.approx(66.96, abs=0.01)


def test_a_customer_who_is_asked_too_often_is_counted(desk: Desk) -> None:
    rows = [
        ("2026-01-01", 9, "", "a"),
        ("2026-02-01", 9, "", "A"),
        ("2026-01-01", 9, "", "b"),
        ("2026-06-01", 9, "", "b"),
    ]
    assert take_survey(desk, csv_of(*rows), NPS).asked_often == 1
    set_guard_days(desk, 200)
    assert take_survey(desk, csv_of(*rows), NPS).asked_often == 2
    set_guard_days(desk, 31)
    assert take_survey(desk, csv_of(*rows), NPS).asked_often == 0
    with pytest.raises(Refusal, match="survey_guard"):
        set_guard_days(desk, 0)


def test_a_customer_of_an_earlier_file_is_told_without_keeping_who_it_was(desk: Desk) -> None:
    today = desk.clock().date()
    day = [(today - timedelta(days=back)).isoformat() for back in (200, 60, 10)]
    first = csv_of((day[1], 9, "", "Ann@example.org"), (day[0], 3, "", "old"), (day[1], 8, "", "only once"))
    assert take_survey(desk, first, NPS).asked_before == 0
    assert take_survey(desk, first, NPS).asked_before == 0, "the same file again is the same answers"
    other = msgspec.structs.replace(NPS, source="another survey")
    second = csv_of((day[2], 4, "", " ann@EXAMPLE.org "), (day[2], 4, "", "old"), (day[2], 4, "", "new"))
    assert take_survey(desk, second, other, dry_run=True).asked_before == 1
    assert take_survey(desk, second, other).asked_before == 1
    with desk.reader() as reader:
        known = reader.setting("survey.guard_known")
    assert len(known) == 4, "what is older than the guard's days is not kept"
    assert "ann" not in str(known).casefold()
    set_guard_days(desk, 20)
    assert take_survey(desk, second, other).asked_before == 0


def test_no_score_below_ten_answers(desk: Desk) -> None:
    take_survey(desk, csv_of(*answers("", 1, 5, 4), *answers("", 2, 6, 4)), NPS)
    few, enough = scores(desk, SurveyQuestion(Instrument.NPS)).groups
    assert (few.n, few.value, few.low) == (9, None, None)
    assert (enough.n, enough.value) == (10, pytest.approx(20))
    assert enough.low is not None
    assert enough.low < -30


def test_places_are_ranked_only_as_far_as_their_intervals_allow(desk: Desk) -> None:
    for name, up, down in (("Good", 95, 5), ("Fine", 90, 10), ("Bad", 20, 80), ("New", 3, 0)):
        add_place(desk, name)
        take_survey(desk, csv_of(*answers(name, 1, up, down)), SurveyImport(Instrument.NPS, name))
    found = scores(desk, SurveyQuestion(Instrument.NPS, by="place")).groups
    assert [(one.title, one.best_rank, one.worst_rank) for one in found] == [
        ("Good", 1, 2),
        ("Fine", 1, 2),
        ("Bad", 3, 3),
        ("New", None, None),
    ]


def test_ces_is_a_mean_with_the_easy_share(desk: Desk) -> None:
    file = csv_of(*(("2026-01-04", score, "", "") for score in (1, 5, 5, 5, 6, 6, 7, 7, 4, 4)))
    take_survey(desk, file, SurveyImport(Instrument.CES, "x"))
    found = scores(desk, SurveyQuestion(Instrument.CES)).whole
    assert found is not None
    assert (found.value, found.easy) == (5, 70)


@pytest.mark.parametrize(
    ("file", "how", "code"),
    [
        (b"", NPS, "survey_empty"),
        (b"date,score\n", NPS, "survey_empty"),
        (b"when,score\n2026-01-01,9\n", NPS, "survey_column"),
        (b"date,score\n2026-01-01,9\n", SurveyImport(Instrument.NPS, " "), "survey_source"),
        (b"date,score\n2026-01-01,9\n", SurveyImport(Instrument.NPS, "x", period=Period.DAY), "survey_period"),
        (b"date,score\n2026-01-01,9\n", SurveyImport(Instrument.NPS, "x", columns={"day": "when"}), "survey_column"),
        (b'date,score\n"' + b"x" * 200_000 + b'",9\n', NPS, "survey_unreadable"),
    ],
)
def test_files_that_are_refused(desk: Desk, file: bytes, how: SurveyImport, code: str) -> None:
    with pytest.raises(Refusal, match=code):
        take_survey(desk, file, how)
    assert kept(desk) == []


def test_nul_bytes_and_short_rows_do_no_harm(desk: Desk) -> None:
    done = take_survey(desk, b"date,score,place\n2026-01-01,9\n2026-01-0\x002,8,\n", NPS)
    assert (done.answers, done.refused) == (2, ())
