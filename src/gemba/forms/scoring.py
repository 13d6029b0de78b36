"""The score of a filled checklist.

Score = Σ weight × score ÷ Σ weight × best score, over answered items that apply. A choice without a score is "not
applicable" and stands in neither sum. Of a question with several choices the chosen scores are summed; its best is the
sum of those above zero. Where the author weighs sections, the percents of the sections are averaged by those weights
instead, so that a section counts as much as its weight says, however many items it has. Items of another scale
(`bind::gemba:scale`) are summed apart. A critical item answered with its lowest score is listed apart and never
averaged away, whatever its scale; what is unanswered is counted beside the score.

One pass over the form, so that the score can follow each answer: 2,000 questions take about 12 ms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gemba.forms.choices import name_of, rows_of, score_of
from gemba.forms.definition import Form
from gemba.forms.expressions import Context, Node, Quit, compile_text, to_number
from gemba.forms.looking import Looking
from gemba.forms.measures import Measure, Scores, core_section_weights, measures, section_scales, section_weights
from gemba.forms.outline import outline
from gemba.forms.recalculation import Answers
from gemba.forms.views import Item, Scale, Score, SectionScore


@dataclass(slots=True)
class _Line:
    """One scored question as the reckoning sees it. `points` is None when nothing is scored."""

    path: str
    measure: Measure
    points: float | None
    possible: float
    failed: bool
    """A critical item with its lowest score."""
    waiting: bool
    """It could score, and is not answered."""


@dataclass(slots=True)
class _Part:
    """What stands under one item of the top: a section, one of a repeat, or (without one) loose questions."""

    item: Item | None
    node: Node | None
    answered: int = 0
    questions: int = 0
    lines: list[_Line] = field(default_factory=list)


def score(form: Form, answers: Answers, looking: Looking) -> Score:
    """The score of the answers as they stand."""
    parts = _parts(form, answers, looking)
    lines = [line for part in parts for line in part.lines]
    counted = [line for line in lines if line.points is not None]
    main = [line for line in counted if not line.measure.scale]
    scales = dict.fromkeys(measure.scale for measure in measures(form).values() if measure.scale)
    points, possible = _sums(main)
    weights = section_weights(form)
    return Score(
        points=points,
        possible=possible,
        percent=_average(main, weights) if weights else _percent(points, possible),
        sections=tuple(_section(part, looking) for part in parts if part.item is not None),
        critical_failed=tuple(line.path for line in lines if line.failed),
        unanswered=sum(line.waiting for line in lines),
        items={line.path: (line.points or 0.0, line.possible) for line in counted},
        apart=frozenset(line.path for line in counted if line.measure.scale),
        scales=_core(form, main)
        | {name: _scale([line for line in counted if line.measure.scale == name]) for name in scales},
    )


def _core(form: Form, lines: Sequence[_Line]) -> dict[str, Scale]:
    """The same answers by the core's questions and weights alone, where an overlay lies over a core."""
    if not form.attributes.get("core"):
        return {}
    theirs = [_weighed(line) for line in lines if line.measure.core_weight is not None]
    points, possible = _sums(theirs)
    weights = core_section_weights(form)
    return {"core": Scale(points, possible, _average(theirs, weights) if weights else _percent(points, possible))}


def _weighed(line: _Line) -> _Line:
    """A scored question with the weight that it has in the core."""
    weight, core_weight = line.measure.weight, line.measure.core_weight or 0.0
    share = core_weight / weight if weight else 0.0
    return replace(line, points=(line.points or 0.0) * share, possible=line.possible * share)


def _parts(form: Form, answers: Answers, looking: Looking) -> list[_Part]:
    """The form as it is shown, by what stands at its top: one walk."""
    known = measures(form)
    parts: list[_Part] = []
    part: _Part | None = None
    for item, node in outline(form, answers):
        if item.kind == "question":
            if part is None or (item.depth == 0 and part.item is not None):
                part = _Part(None, None)
                parts.append(part)
            part.questions += 1
            value = node.text()
            part.answered += value != ""
            measure = known.get(node.path)
            if measure is not None:
                line = _line(item.path, measure, node, value, looking)
                if line is not None:
                    part.lines.append(line)
        elif item.depth == 0 and item.kind in {"section", "repeat"}:
            part = _Part(item, node)
            parts.append(part)
    return parts


def _line(path: str, measure: Measure, node: Node, value: str, looking: Looking) -> _Line | None:
    """A question that can score now; None when no choice of it that is offered has a score."""
    if measure.score:
        return _by_expression(path, measure, node, value, looking)
    scores = measure.scores if measure.scores is not None else _offered(measure, node, looking)
    numbers = [each for each in scores.values() if each is not None]
    if not numbers:
        return None
    if measure.many:
        chosen = [got for name in value.split() if (got := scores.get(name)) is not None]
        got, best = (sum(chosen) if chosen else None), sum(each for each in numbers if each > 0)
        lowest = got is not None and got <= 0
    else:
        got, best = scores.get(value), max(numbers)
        lowest = got is not None and got == min(numbers) and (got <= 0 or got < best)
    return _Line(
        path,
        measure,
        points=measure.weight * got if got is not None else None,
        possible=measure.weight * best,
        failed=measure.critical and lowest,
        waiting=value == "",
    )


def _by_expression(path: str, measure: Measure, node: Node, value: str, looking: Looking) -> _Line:
    """A question whose score an expression gives; one that gives no number is not applicable."""
    got, best = _value(measure.score, node, looking) if value else None, _value(measure.best, node, looking)
    return _Line(
        path,
        measure,
        points=measure.weight * got if got is not None else None,
        possible=measure.weight * (best or 0.0),
        failed=measure.critical and got is not None and got <= 0,
        waiting=value == "",
    )


def _value(source: str, node: Node, looking: Looking) -> float | None:
    try:
        number = to_number(compile_text(source)(Context(node, looking.world)), looking.world.zone)
    except Quit:
        return None
    return number if number == number else None  # noqa: PLR0124 - NaN is the one number that differs from itself


def _offered(measure: Measure, node: Node, looking: Looking) -> Scores:
    """The scores of the choices that are offered now."""
    source = measure.source
    if source is None:
        return {}
    return {name_of(source, row): score_of(row) for row in rows_of(source, node, looking.world)}


def _sums(lines: Iterable[_Line]) -> tuple[float, float]:
    points = possible = 0.0
    for line in lines:
        points += line.points or 0.0
        possible += line.possible
    return points, possible


def _scale(lines: Sequence[_Line]) -> Scale:
    points, possible = _sums(lines)
    return Scale(points, possible, _percent(points, possible))


def _average(lines: Iterable[_Line], weights: Mapping[str, float]) -> float | None:
    """The percents of the sections, averaged by their weights; what has no weight does not count."""
    inside: dict[str, list[_Line]] = {}
    for line in lines:
        inside.setdefault(line.measure.top, []).append(line)
    gained = reachable = 0.0
    for section, within in inside.items():
        percent, weight = _percent(*_sums(within)), weights.get(section, 0.0)
        if percent is not None:
            gained += weight * percent
            reachable += weight
    return gained / reachable if reachable else None


def _percent(points: float, possible: float) -> float | None:
    return 100.0 * points / possible if possible > 0 else None


def _section(part: _Part, looking: Looking) -> SectionScore:
    """One section; where all its items stand on one other scale, it tells what they come to there."""
    item, node = part.item, part.node
    scale = section_scales(looking.form).get(node.path, "") if node is not None else ""
    points, possible = _sums(line for line in part.lines if line.points is not None and line.measure.scale == scale)
    title = looking.label(node) if node is not None else ""
    return SectionScore(
        path=item.path if item is not None else "",
        title=title or (item.name if item is not None else ""),
        points=points,
        possible=possible,
        percent=_percent(points, possible),
        answered=part.answered,
        questions=part.questions,
    )
