"""Take in the answers of a survey: counts by place, segment and period; nobody's answer is kept by name.

Who was asked not long ago is told over all files (`survey_guard`).

The same file taken in again changes nothing. For a place, segment and period that a source has told of before, what
its newest file says takes the place of what was there: a source exports a period as a whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise

import msgspec

from gemba.domain.change import Change
from gemba.domain.follow_through import Instrument, Survey, survey_uid
from gemba.domain.measures import Period
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.survey_guard import Guard
from gemba.work.survey_rows import BadRow, SurveyRow, rows_of

GUARD_DAYS = 90
_GUARD = "survey.guard_days"


class SurveyImport(msgspec.Struct, frozen=True):
    """How a file of answers is to be read."""

    instrument: Instrument
    source: str
    """Name of the survey or system that it comes from."""
    columns: dict[str, str] = {}
    """Column by field (`survey_rows.FIELDS`), where it is not to be guessed."""
    place: Uid | None = None
    """Of all rows that name none."""
    period: Period = Period.MONTH


class Taken(msgspec.Struct, frozen=True):
    """What an import did, or would do."""

    columns: dict[str, str]
    answers: int
    surveys: int
    """Groups of place, segment and period."""
    added: int
    changed: int
    unchanged: int
    refused: tuple[BadRow, ...]
    guard_days: int
    asked_often: int
    """Customers of this file who answered twice or more within the guard's days."""
    asked_before: int = 0
    """Customers of this file who answered another file of this store within the guard's days."""
    change: Change = Change()


Key = tuple[Uid | None, str, date, date]


def take_survey(desk: Desk, source: bytes, how: SurveyImport, *, dry_run: bool = False) -> Taken:
    """Take in a file of answers.

    Args:
        desk: who does it, where.
        source: bytes of a CSV file.
        how: what it holds.
        dry_run: only say what would be done.

    Raises:
        Refusal: `work.survey_source`, those of `survey_rows.rows_of`, or `work.survey_period` for a period that is too
            short to keep counts for.
    """
    if not how.source.strip():
        raise Refusal("work.survey_source")
    if how.period is Period.DAY:
        raise Refusal("work.survey_period")
    columns, rows, bad = rows_of(source, how.instrument, how.columns)
    with desk.reader() as reader:
        guard = guard_days(reader)
        watch = Guard(reader, guard)
        places, unknown = _placed(reader, rows, how.place)
    bad += unknown
    rows = [row for row in rows if row.row in places]
    groups, before = _groups(rows, places, how), watch.asked_before(rows)
    often = {key: _asked_often(some, guard) for key, some in groups.items()}
    made = [_survey(desk, key, some, how, often[key]) for key, some in groups.items()]
    with desk.reader() as reader:
        known = {one.uid: one for one in reader.many(Survey, [each.uid for each in made])}
    news = [one for one in made if one.uid not in known]
    others = [one for one in made if one.uid in known and _differs(one, known[one.uid])]
    change = Change()
    if not dry_run and (news or others):
        with desk.unit() as unit:
            for one in (*news, *others):
                unit.keep(one)
            watch.keep(unit, rows, desk.clock().date())
            change = unit.change_made()
    bad.sort(key=lambda one: one.row)
    return Taken(
        columns,
        sum(sum(one.counts.values()) for one in made),
        len(made),
        len(news),
        len(others),
        len(made) - len(news) - len(others),
        tuple(bad),
        guard,
        _asked_often(rows, guard),
        before,
        change,
    )


def guard_days(reader: Reader) -> int:
    """Days within which no customer should be asked twice."""
    said = reader.setting(_GUARD)
    return GUARD_DAYS if said is None else int(said)


def set_guard_days(desk: Desk, days: int) -> None:
    """Choose the days within which no customer should be asked twice.

    Raises:
        Refusal: `work.survey_guard` outside 1 to 730.
    """
    if not 1 <= days <= 730:
        raise Refusal("work.survey_guard", given=days)
    with desk.unit() as unit:
        unit.set_setting(_GUARD, days)


def _placed(
    reader: Reader, rows: Iterable[SurveyRow], default: Uid | None
) -> tuple[dict[int, Uid | None], list[BadRow]]:
    """The place of each row by name, and the rows whose place nobody knows."""
    names: dict[str, Uid] = {}
    for place in reader.find(Place):
        names[place.name.casefold()] = place.uid
        names[place.uid] = place.uid
    found: dict[int, Uid | None] = {}
    bad = []
    for row in rows:
        if row.place and row.place.casefold() not in names:
            bad.append(BadRow(row.row, "place", row.place[:80]))
        else:
            found[row.row] = names[row.place.casefold()] if row.place else default
    return found, bad


def _groups(
    rows: Iterable[SurveyRow], places: Mapping[int, Uid | None], how: SurveyImport
) -> dict[Key, list[SurveyRow]]:
    groups: dict[Key, list[SurveyRow]] = defaultdict(list)
    for row in rows:
        groups[(places[row.row], row.segment, *_period(row.day, how.period))].append(row)
    return groups


def _period(day: date, period: Period) -> tuple[date, date]:
    """First and last day of the period that a day lies in."""
    if period is Period.WEEK:
        begins = day - timedelta(days=day.weekday())
        return begins, begins + timedelta(days=6)
    months = 1 if period is Period.MONTH else 3
    first = (day.month - 1) // months * months
    begins = date(day.year, first + 1, 1)
    after = first + months
    return begins, date(day.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)


def _survey(desk: Desk, key: Key, rows: Sequence[SurveyRow], how: SurveyImport, often: int) -> Survey:
    place, segment, begins, ends = key
    counts: Counter[str] = Counter()
    for row in rows:
        counts[str(row.score)] += row.count
    asked = [row.asked for row in rows if row.asked is not None]
    return Survey(
        uid=survey_uid(how.source.strip(), how.instrument, *key),
        instrument=how.instrument,
        place=place,
        segment=segment,
        begins=begins,
        ends=ends,
        counts=dict(counts),
        asked=max(asked) if asked else None,
        asked_often=often,
        source=how.source.strip(),
        imported_at=desk.clock(),
        person=desk.person.uid,
    )


def _asked_often(rows: Iterable[SurveyRow], guard: int) -> int:
    """Customers two of whose answers lie fewer days apart than the guard asks for."""
    days: dict[str, list[date]] = defaultdict(list)
    for row in rows:
        if row.respondent:
            days[row.respondent.casefold()].append(row.day)
    close = timedelta(days=guard)
    return sum(any(later - earlier < close for earlier, later in pairwise(some)) for some in map(sorted, days.values()))


def _differs(one: Survey, other: Survey) -> bool:
    return (one.counts, one.asked, one.asked_often) != (other.counts, other.asked, other.asked_often)
