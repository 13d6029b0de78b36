"""How each question of a form is scored, worked out once for a form.

The author says it in the workbook: the column `score` of the sheet `choices`, and on the question `bind::gemba:weight`,
`bind::gemba:critical`, `bind::gemba:scale`; `bind::gemba:score` with `bind::gemba:best` for a question without choices,
such as a number. A section may carry `bind::gemba:section_weight`. A region's overlay marks its own questions with
`bind::gemba:local` and keeps the weights that it changed as `core_weight` and `core_section_weight`, so that the score
by the core alone can be told beside the local one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from gemba.forms.choices import name_of, score_of
from gemba.forms.definition import ChoiceSource, Element, Form, Rules, is_critical, walk, weight_of
from gemba.forms.expressions import Node

_WHOLE_LIST = re.compile(r"instance\('([^']+)'\)/root/item$")
_SHUFFLED = re.compile(r"randomize\((.*?)(?:,[^,()\[\]]*)?\)$", re.DOTALL)

Scores = Mapping[str, float | None]
"""The score of each choice by its name; `None` for one that scores nothing (not applicable)."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How one question is scored."""

    path: str
    weight: float
    critical: bool
    scale: str
    """The name of the score that it counts for; empty for the main one."""
    top: str
    """The path of the top section around it; that of the form when there is none."""
    many: bool
    """Whether several choices may be chosen."""
    source: ChoiceSource | None
    scores: Scores | None
    """Of its choices, where they are the same whatever is answered; else `None`."""
    score: str = ""
    """An expression that gives the score instead of choices."""
    best: str = ""
    """The best that the expression can give: a number or an expression."""
    core_weight: float | None = None
    """What it weighs in the core template alone; `None` for a question of the region's own."""


@lru_cache(maxsize=64)
def measures(form: Form) -> Mapping[str, Measure]:
    """The questions of `form` that can score, by path, in the order of the form."""
    known: dict[tuple[str, str], Scores] = {}
    found = (_measure(form, element, known) for element in walk(form.body) if element.kind == "question")
    return {measure.path: measure for measure in found if measure is not None}


@lru_cache(maxsize=64)
def section_weights(form: Form) -> Mapping[str, float]:
    """What the top sections of `form` weigh, by path; nothing where the author weighs none."""
    root = form.root.children[0].path
    tops = {path: rules for path, rules in form.rules.items() if path.rpartition("/")[0] == root}
    found = {path: _number(rules.extras.get("section_weight", "")) for path, rules in tops.items()}
    return {path: max(0.0, weight) for path, weight in found.items() if weight is not None}


@lru_cache(maxsize=64)
def section_scales(form: Form) -> Mapping[str, str]:
    """The scale of each top section, by path: that of its items where they have one in common, else the main one."""
    found: dict[str, str] = {}
    for measure in measures(form).values():
        same = found.setdefault(measure.top, measure.scale) == measure.scale
        found[measure.top] = measure.scale if same else ""
    return found


@lru_cache(maxsize=64)
def core_section_weights(form: Form) -> Mapping[str, float]:
    """What the top sections weigh in the core template alone; nothing where its author weighed none."""
    root = form.root.children[0].path
    tops = {path: rules for path, rules in form.rules.items() if path.rpartition("/")[0] == root}
    kept = {path: rules.extras.get("core_section_weight") for path, rules in tops.items()}
    said = {
        path: kept[path] if kept[path] is not None else rules.extras.get("section_weight", "")
        for path, rules in tops.items()
    }
    found = {path: _number(text or "") for path, text in said.items()}
    return {path: max(0.0, weight) for path, weight in found.items() if weight is not None}


def as_listed(nodeset: str) -> str:
    """The list behind choices that are shown in a random order: for a score the order does not matter."""
    found = _SHUFFLED.match(nodeset)
    return found[1].strip() if found is not None else nodeset


def _measure(form: Form, element: Element, known: dict[tuple[str, str], Scores]) -> Measure | None:
    rules, source = form.rule(element.path), element.choices
    expression = rules.extras.get("score", "").strip()
    if expression:
        return _made(element, rules, None, score=expression, best=rules.extras.get("best", "").strip() or "1")
    if element.type not in {"select_one", "select_multiple"} or source is None or not source.nodeset:
        return None
    scores = _steady(form, source, known)
    if scores is not None and all(each is None for each in scores.values()):
        return None
    return _made(element, rules, scores)


def _made(element: Element, rules: Rules, scores: Scores | None, *, score: str = "", best: str = "") -> Measure:
    weight = weight_of(rules)
    return Measure(
        path=element.path,
        weight=1.0 if weight is None else weight,
        critical=is_critical(rules),
        scale=rules.extras.get("scale", "").strip(),
        top="/".join(element.path.rpartition("/")[0].split("/")[:3]),
        many=element.type == "select_multiple",
        source=element.choices,
        scores=scores,
        score=score,
        best=best,
        core_weight=_core_weight(rules),
    )


def _core_weight(rules: Rules) -> float | None:
    if rules.extras.get("local", ""):
        return None
    kept, weight = _number(rules.extras.get("core_weight", "")), weight_of(rules)
    if kept is not None:
        return kept
    return 1.0 if weight is None else weight


def _steady(form: Form, source: ChoiceSource, known: dict[tuple[str, str], Scores]) -> Scores | None:
    """The scores of a list that is offered as a whole; `None` for one that answers filter."""
    found = _WHOLE_LIST.match(as_listed(source.nodeset))
    if found is None:
        return None
    key = (found[1], source.value)
    if key not in known:
        known[key] = {name_of(source, row): score_of(row) for row in _rows(form.lists.get(found[1]))}
    return known[key]


def _rows(document: Node | None) -> list[Node]:
    root = document.first("root") if document is not None else None
    return root.named("item") if root is not None else []


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
