"""What departments say of those that serve them: by hand-over, the newest quarter beside the one before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.record import Uid
from gemba.kinds.registers.voices import HANDED, INTERNAL_FEEDBACK
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Part, Table, Words
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.counted import entries_of
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, Gap, RegisterView, as_declared

_LOW, _HIGH = 3.0, 4.0


class HandOver(msgspec.Struct, frozen=True, kw_only=True):
    """What one department says of another in a quarter."""

    title: str
    quarter: str
    answers: int
    means: tuple[float | None, ...]
    """Whole, in time, usable; weighted by answers."""
    before: float | None
    """Mean of the three in the newest quarter before; `None` when there is none."""
    wrong: tuple[str, ...]
    entries: tuple[Uid, ...]
    """What was said in the quarter."""
    entries_before: tuple[Uid, ...] = ()
    """In the quarter before."""

    @property
    def mean(self) -> float | None:
        """Of the questions that were asked."""
        told = [one for one in self.means if one is not None]
        return sum(told) / len(told) if told else None


def internal_feedback_view(desk: Desk, asked: Asked) -> RegisterView:
    """What departments downstream say."""
    del asked
    with desk.reader() as reader:
        found = hand_overs(reader)
    low = [one for one in found if one.mean is not None and one.mean < _LOW]
    return RegisterView(
        register="internal_feedback",
        title=text("By hand-over"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(Gap("hand_over_low", _wanting(one)) for one in low),
    )


def hand_overs(reader: Reader) -> tuple[HandOver, ...]:
    """The newest quarter of each hand-over, the worst first."""
    by_way: dict[str, dict[str, list[RegisterEntry]]] = {}
    for one in as_declared(reader, INTERNAL_FEEDBACK):
        way = f"{one.fields['provider']} → {one.fields['customer']}"
        by_way.setdefault(way, {}).setdefault(one.fields["quarter"], []).append(one)
    found = [_newest(way, quarters) for way, quarters in by_way.items()]
    return tuple(sorted(found, key=lambda one: (one.mean is None, one.mean or 0.0, one.title)))


def _newest(way: str, quarters: dict[str, list[RegisterEntry]]) -> HandOver:
    ordered = sorted(quarters, reverse=True)
    ones = [_quarter(way, quarter, quarters[quarter]) for quarter in ordered[:2]]
    if len(ones) == 1:
        return ones[0]
    return msgspec.structs.replace(ones[0], before=ones[1].mean, entries_before=ones[1].entries)


def _quarter(way: str, quarter: str, ones: Sequence[RegisterEntry]) -> HandOver:
    fields = [one.fields for one in ones]
    return HandOver(
        title=way,
        quarter=quarter,
        answers=sum(int(float(each["answers"])) for each in fields),
        means=tuple(_mean(fields, question) for question in HANDED),
        before=None,
        wrong=tuple(each["wrong"] for each in fields if each.get("wrong")),
        entries=tuple(one.uid for one in ones),
    )


def _mean(fields: Sequence[dict[str, str]], question: str) -> float | None:
    told = [(float(each[question]), float(each["answers"])) for each in fields if each.get(question)]
    n = sum(weight for _, weight in told)
    return sum(value * weight for value, weight in told) / n if n else None


def _wanting(one: HandOver) -> str:
    return text(
        "“{way}”: {mean} of 5 in {quarter} (n = {n}).",
        way=one.title,
        mean=_told(one.mean),
        quarter=one.quarter,
        n=one.answers,
    )


def _parts(found: Sequence[HandOver]) -> Iterator[Part]:
    yield Words(text("Means of 1 to 5 in the newest quarter, with the number of answers."), "quiet")
    if not found:
        yield Words(text("No department was asked yet."), "quiet")
        return
    titles = tuple(text(field.title) for field in INTERNAL_FEEDBACK.fields if field.code in HANDED)
    cells = tuple(tuple(_cell(mean) for mean in one.means) for one in found)
    spoken = text("Mean of each question by hand-over.")
    rows = tuple(one.title for one in found)
    for picture in draw_matrix(Matrix(rows, titles, cells, text("Hand-over · question"), spoken)):
        yield Drawing(picture)
    yield Table(
        (text("Hand-over"), text("Quarter"), text("Answers"), text("Mean"), text("Before"), text("What comes wrong")),
        tuple(_row(one) for one in found),
        (40, 20, 18, 14, 16, 0),
        numbers=(2, 3, 4),
    )


def _row(one: HandOver) -> tuple[str | Cell, ...]:
    now = (Cell(words, records=entries_of(one.entries)) for words in (str(one.answers), _told(one.mean)))
    before = Cell(_told(one.before), records=entries_of(one.entries_before))
    return one.title, one.quarter, *now, before, "\n".join(one.wrong)


def _told(mean: float | None) -> str:
    return "–" if mean is None else f"{mean:.1f}"


def _cell(mean: float | None) -> MatrixCell:
    if mean is None:
        return MatrixCell("–")
    return MatrixCell(f"{mean:.1f}", "poor" if mean < _LOW else "good" if mean >= _HIGH else "fair")
