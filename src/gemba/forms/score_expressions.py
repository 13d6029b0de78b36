"""The score of one question as expressions for a calculation that stands beside it, under JavaRosa's rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gemba.forms.measures import Measure, Scores, as_listed

_QUOTED = re.compile(r"('[^']*'|\"[^\"]*\")")
_SELF = re.compile(r"(?<![\w./\])])\.(?![\w./])")


@dataclass(frozen=True, slots=True)
class ItemExpressions:
    """What is calculated beside a scored question. `points` and `possible` are empty texts where nothing is scored."""

    points: str
    possible: str
    failed: str = ""
    """1 when a critical question has its lowest score; "" for one that is not critical."""
    open: str = ""
    """1 when it could score and is not answered; "" where that follows from its being shown and empty."""


def item_expressions(measure: Measure, points: str) -> ItemExpressions:
    """The expressions for a question.

    Args:
        measure: how it is scored.
        points: the name of the calculation of its points, which stands beside it.
    """
    name = measure.path.rpartition("/")[2]
    if measure.score:
        return _by_expression(measure, f"../{name}", points)
    if measure.scores is None:
        return _filtered(measure, name, points)
    return (_several if measure.many else _single)(measure, measure.scores, f"../{name}", points)


def plus(terms: Sequence[str]) -> str:
    """The terms added; one that begins with a minus is taken away."""
    return " + ".join(terms).replace(" + -", " - ")


def number_text(value: float) -> str:
    """A number as every XPath parser reads it: no exponent."""
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.12f}".rstrip("0")


def _single(measure: Measure, scores: Scores, question: str, points: str) -> ItemExpressions:
    by_score: dict[float, list[str]] = {}
    for name, score in scores.items():
        if score is not None:
            by_score.setdefault(score, []).append(name)
    best, least = max(by_score), min(by_score)
    told = "''"
    for score, names in by_score.items():
        told = f"if({_any(names, lambda each: f'{question} = {each}')}, {number_text(measure.weight * score)}, {told})"
    fails = measure.critical and (least <= 0 or least < best)
    lowest = _any(by_score[least], lambda each: f"{question} = {each}")
    failed = f"if({lowest}, 1, 0)" if fails else "0" if measure.critical else ""
    return ItemExpressions(told, _where(points, number_text(measure.weight * best)), failed)


def _several(measure: Measure, scores: Scores, question: str, points: str) -> ItemExpressions:
    scored = {name: score for name, score in scores.items() if score is not None}
    best = sum(score for score in scored.values() if score > 0)
    chosen = _any(scored, lambda each: f"selected({question}, {each})")
    terms = [f"if(selected({question}, {_quoted(name)}), {number_text(score)}, 0)" for name, score in scored.items()]
    raw = f"({plus(terms)})"
    told = f"if({chosen}, {number_text(measure.weight)} * {raw}, '')"
    failed = f"if(({chosen}) and {raw} <= 0, 1, 0)" if measure.critical else ""
    return ItemExpressions(told, _where(points, number_text(measure.weight * best)), failed)


def _by_expression(measure: Measure, question: str, points: str) -> ItemExpressions:
    raw = _beside(measure.score, question)
    told = f"if({question} = '', '', {number_text(measure.weight)} * ({raw}))"
    best = f"{number_text(measure.weight)} * ({_beside(measure.best, question)})"
    failed = f"if({question} != '' and ({raw}) <= 0, 1, 0)" if measure.critical else ""
    return ItemExpressions(told, _where(points, best), failed)


def _filtered(measure: Measure, name: str, points: str) -> ItemExpressions:
    """Choices that answers filter: what is offered now is looked up in the list."""
    source = measure.source
    if source is None:
        return ItemExpressions("''", "''")
    question, offered = f"current()/../{name}", f"{as_listed(source.nodeset)}[score != '']"
    test = f"selected({question}, {source.value})" if measure.many else f"{source.value} = {question}"
    chosen = f"{offered}[{test}]/score"
    if measure.many:
        got, best, lowest = f"sum({chosen})", f"sum({offered}[score > 0]/score)", f"sum({chosen}) <= 0"
    else:
        got, best = f"(sum({chosen}) div count({chosen}))", f"max({offered}/score)"
        lowest = f"{got} = min({offered}/score) and ({got} <= 0 or {got} < {best})"
    answered = f"../{name} != '' and count({chosen}) > 0"
    weight = number_text(measure.weight)
    return ItemExpressions(
        points=f"if({answered}, {weight} * {got}, '')",
        possible=_where(points, f"{weight} * {best}"),
        failed=f"if({answered} and {lowest}, 1, 0)" if measure.critical else "",
        open=f"if(../{name} = '' and count({offered}) > 0, 1, 0)",
    )


def _where(points: str, possible: str) -> str:
    """The possible points, where there are points."""
    return f"if(../{points} = '', '', {possible})"


def _any(names: Sequence[str] | Scores, test: Callable[[str], str]) -> str:
    return " or ".join(test(_quoted(name)) for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"' if "'" in name else f"'{name}'"


def _beside(expression: str, question: str) -> str:
    """An expression of the question itself, as something beside it has to write it."""
    parts = _QUOTED.split(expression)
    return "".join(part if place % 2 else _SELF.sub(question, part) for place, part in enumerate(parts))
