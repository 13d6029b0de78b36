"""The score of a filled checklist.

Score = Σ weight × score ÷ Σ weight × best score, over answered items that apply. A choice without a score is "not
applicable" and stands in neither sum. Where the author weighs
sections, the percents of the sections are averaged by those weights instead, so that a section counts as much as its
weight says, however many items it has. A critical item answered with its lowest score is listed apart and never
averaged away; what is unanswered is counted beside the score.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gemba.forms.choices import name_of, rows_of, score_of
from gemba.forms.definition import Element, Form, is_critical, weight_of
from gemba.forms.expressions import Node
from gemba.forms.looking import Looking
from gemba.forms.outline import outline
from gemba.forms.recalculation import Answers
from gemba.forms.views import Item, Score, SectionScore


@dataclass(frozen=True, slots=True)
class _Line:
    """One question as the reckoning sees it. `points` is None when nothing is scored."""

    item: Item
    answered: bool
    scored: bool
    points: float | None
    possible: float
    lowest: bool
    critical: bool


def score(form: Form, answers: Answers, looking: Looking) -> Score:
    """The score of the answers as they stand."""
    shown = outline(form, answers)
    lines = [_line(form, item, node, looking) for item, node in shown if item.kind == "question"]
    counted = [line for line in lines if line.points is not None]
    points, possible, percent = _sums(form, counted)
    return Score(
        points=points,
        possible=possible,
        percent=percent,
        sections=tuple(_section(item, node, lines, looking) for item, node in shown if _is_top(item)),
        critical_failed=tuple(line.item.path for line in lines if line.critical and line.lowest),
        unanswered=sum(1 for line in lines if line.scored and not line.answered),
        items={line.item.path: (line.points or 0.0, line.possible) for line in counted},
    )


def _is_top(item: Item) -> bool:
    return item.depth == 0 and item.kind in {"section", "repeat"}


def _line(form: Form, item: Item, node: Node, looking: Looking) -> _Line:
    element, rules = form.elements[node.path], form.rule(node.path)
    scores = _scores(element, node, looking)
    numbers = [each for each in scores.values() if each is not None]
    value = node.text()
    got = scores.get(value)
    weight = weight_of(rules)
    weight = 1.0 if weight is None else weight
    return _Line(
        item=item,
        answered=value != "",
        scored=bool(numbers),
        points=weight * got if got is not None else None,
        possible=weight * max(numbers) if numbers else 0.0,
        lowest=got is not None and got == min(numbers) and (got <= 0 or got < max(numbers)),
        critical=is_critical(rules),
    )


def _scores(element: Element, node: Node, looking: Looking) -> dict[str, float | None]:
    """The score of each choice of a select_one; nothing for other questions."""
    source = element.choices
    if element.type != "select_one" or source is None or not source.nodeset:
        return {}
    steady = "[" not in source.nodeset and "(" not in source.nodeset.removeprefix("instance(")
    known = looking.world.scores.get(source.nodeset)
    if known is None or not steady:
        rows = rows_of(source, node, looking.world)
        known = looking.world.scores[source.nodeset] = {name_of(source, row): score_of(row) for row in rows}
    return known


def _sums(form: Form, lines: list[_Line]) -> tuple[float, float, float | None]:
    """Points, possible and percent of the whole form."""
    points = sum(line.points or 0.0 for line in lines)
    possible = sum(line.possible for line in lines)
    weights = {section: _section_weight(form, section) for section in map(_top_of, lines)}
    if all(weight is None for weight in weights.values()):
        return points, possible, _percent(points, possible)
    return points, possible, _average(lines, {section: weight or 0.0 for section, weight in weights.items()})


def _average(lines: list[_Line], weights: Mapping[str, float]) -> float | None:
    """The percents of the sections, averaged by their weights; one without a weight of its own does not count."""
    gained = reachable = 0.0
    for section, weight in weights.items():
        inside = [line for line in lines if _top_of(line) == section]
        percent = _percent(sum(line.points or 0.0 for line in inside), sum(line.possible for line in inside))
        if percent is not None:
            gained += weight * percent
            reachable += weight
    return gained / reachable if reachable else None


def _top_of(line: _Line) -> str:
    """The path of the top section around a question, without repeat numbers; that of the form when there is none."""
    return "/".join(_plain(line.item.path).rpartition("/")[0].split("/")[:3])


def _percent(points: float, possible: float) -> float | None:
    return 100.0 * points / possible if possible else None


def _section_weight(form: Form, section: str) -> float | None:
    """What the author says that a top section weighs (`bind::gemba:section_weight`); `None` when nothing is said."""
    try:
        return max(0.0, float(form.rule(section).extras.get("section_weight", "")))
    except ValueError:
        return None


def _plain(path: str) -> str:
    """`path` without the numbers of its repeats."""
    return "/".join(step.partition("[")[0] for step in path.split("/"))


def _section(item: Item, node: Node, lines: Iterable[_Line], looking: Looking) -> SectionScore:
    inside = [line for line in lines if line.item.path.startswith(item.path + "/")]
    counted = [line for line in inside if line.points is not None]
    points = sum(line.points or 0.0 for line in counted)
    possible = sum(line.possible for line in counted)
    return SectionScore(
        path=item.path,
        title=looking.label(node) or item.name,
        points=points,
        possible=possible,
        percent=_percent(points, possible),
        answered=sum(line.answered for line in inside),
        questions=len(inside),
    )
