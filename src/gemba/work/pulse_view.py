"""Pulses by roll-out and day: means with the number of answers, what stands in the way, whom people listen to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.nouns import NOUNS
from gemba.domain.patterns import Transfer
from gemba.domain.record import Record, Uid
from gemba.kinds.registers.voices import FEWEST, PULSE, PULSES
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Heading, Part, Table, Words
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.pattern_facts import carried_one
from gemba.work.register_facts import title_of
from gemba.work.register_view import Asked, Gap, RegisterView, as_declared

_LOW, _HIGH = 3.0, 4.0
"""Means below and above which a result is coloured."""


class Pulse(msgspec.Struct, frozen=True, kw_only=True):
    """All answers of one roll-out on one of its days."""

    roll_out: str
    link: str
    day: str
    asked: int
    answered: int
    means: tuple[float | None, ...]
    """By question, weighted by answers; `None` with fewer than five."""
    obstacles: tuple[str, ...]
    influencers: tuple[str, ...]
    entries: tuple[Uid, ...]
    """The pulses that they are put together from."""


def pulse_view(desk: Desk, asked: Asked) -> RegisterView:
    """What the teams said."""
    del asked
    with desk.reader() as reader:
        found = pulses(reader)
    return RegisterView(
        register="rollout_pulse",
        title=text("By roll-out"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(_gaps(found)),
    )


def pulses(reader: Reader) -> tuple[Pulse, ...]:
    """Pulses put together by roll-out and day."""
    by_key: dict[tuple[str, str], list[RegisterEntry]] = {}
    for one in as_declared(reader, PULSES):
        by_key.setdefault((one.fields["roll_out"], one.fields["day"]), []).append(one)
    return tuple(
        _pulse(_title(reader, link), link, day, ones)
        for (link, day), ones in sorted(by_key.items(), key=lambda item: (item[0][0], int(item[0][1])))
    )


def _pulse(title: str, link: str, day: str, ones: list[RegisterEntry]) -> Pulse:
    fields = [one.fields for one in ones]
    return Pulse(
        roll_out=title,
        link=link,
        day=day,
        asked=sum(int(float(each["asked"])) for each in fields),
        answered=sum(int(float(each["answered"])) for each in fields),
        means=tuple(_mean(fields, question) for question in PULSE),
        obstacles=tuple(each["obstacles"] for each in fields if each.get("obstacles")),
        influencers=tuple(each["influencers"] for each in fields if each.get("influencers")),
        entries=tuple(one.uid for one in ones),
    )


def _mean(fields: Sequence[dict[str, str]], question: str) -> float | None:
    told = [(float(each[question]), float(each["answered"])) for each in fields if each.get(question)]
    n = sum(weight for _, weight in told)
    return sum(value * weight for value, weight in told) / n if n >= FEWEST else None


def _title(reader: Reader, link: str) -> str:
    noun, _, uid = link.partition(":")
    record: Record | None = reader.get(NOUNS[noun], uid) if noun in NOUNS else None
    if isinstance(record, Transfer):
        one = carried_one(reader, record.uid)
        return f"{one.action.text} · {one.place}"
    return title_of(record) if record is not None else uid


def _parts(found: Sequence[Pulse]) -> Iterator[Part]:
    yield Words(text("Means of 1 to 5 with the number of answers; below {n} answers there is none.", n=FEWEST), "quiet")
    if not found:
        yield Words(text("No team has been asked yet."), "quiet")
        return
    titles = [text(field.title) for field in PULSES.fields if field.code in PULSE]
    rows = tuple(f"{one.roll_out} · {_day(one)}" for one in found)
    cells = tuple(tuple(_cell(mean) for mean in one.means) for one in found)
    spoken = text("Mean of each question by roll-out and day.")
    for picture in draw_matrix(Matrix(rows, tuple(titles), cells, text("Roll-out · question"), spoken)):
        yield Drawing(picture)
    yield Table(
        (text("Roll-out"), text("After"), text("Answers"), *titles),
        tuple(_row(one) for one in found),
        (0, 20, 20, 26, 26, 26),
        numbers=(3, 4, 5),
    )
    said = [one for one in found if one.obstacles or one.influencers]
    if said:
        yield Heading(text("What was said besides"), 1)
        yield Table(
            (text("Roll-out"), text("After"), text("What stands in the way"), text("Whom people listen to")),
            tuple(_said(one) for one in said),
            (40, 20, 0, 44),
        )


def _row(one: Pulse) -> tuple[str | Cell, ...]:
    answers = text("{n} of {asked}", n=one.answered, asked=one.asked)
    told = (answers, *(_told(mean) for mean in one.means))
    return (one.roll_out, _day(one), *(Cell(words, records=entries_of(one.entries)) for words in told))


def _said(one: Pulse) -> tuple[str | Cell, ...]:
    told = ("\n".join(one.obstacles), "\n".join(one.influencers))
    return (Cell(one.roll_out, records=entries_of(one.entries)), _day(one), *told)


def _told(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:.1f}"


def _day(one: Pulse) -> str:
    return text("{days} days", days=one.day)


def _cell(mean: float | None) -> MatrixCell:
    if mean is None:
        return MatrixCell("–")
    return MatrixCell(f"{mean:.1f}", "poor" if mean < _LOW else "good" if mean >= _HIGH else "fair")


def _gaps(found: Sequence[Pulse]) -> Iterator[Gap]:
    """A team that was asked once and not again, and results that nobody may be satisfied with."""
    for one in found:
        low = [mean for mean in one.means if mean is not None and mean < _LOW]
        if low:
            said = text(
                "“{roll_out}” after {days} days: {n} of 3 questions below {mean}.",
                roll_out=one.roll_out,
                days=one.day,
                n=len(low),
                mean=f"{_LOW:g}",
            )
            yield Gap("pulse_low", said, one.link)
        elif one.answered < FEWEST:
            said = text("“{roll_out}” after {days} days: too few answers to say.", roll_out=one.roll_out, days=one.day)
            yield Gap("pulse_few", said, one.link, "fair")
