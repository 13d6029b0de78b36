"""The plan of recalculation: what depends on what, in which order, worked out once for a form.

An answer that changes wakes only what reads it. Relevance and calculations are brought into one order in which each
comes after everything it reads; a circle is refused with the names in it, as ODK Collect does.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from gemba.errors import Refusal
from gemba.forms.definition import Element, Form, Phrase, Wording, walk
from gemba.forms.expressions import Compiled, Node, compile_text, parse
from gemba.forms.references import matching, references

TriggerKind = Literal["relevant", "calculate", "count"]


@dataclass(slots=True, eq=False)
class Trigger:
    """A rule that changes the answers: hides a section, calculates an answer, or counts a repeat."""

    kind: TriggerKind
    target: str
    source: str
    run: Compiled
    order: int = 0
    reads: frozenset[str] = frozenset()


@dataclass(slots=True)
class Plan:
    """What `Fill` asks of the form again and again."""

    triggers: list[Trigger]
    """In an order in which each comes after what it reads."""
    wakes: dict[str, list[tuple[Trigger, bool]]]
    """answer -> the triggers that read it, and whether only within the same repeat."""
    shows: dict[str, list[tuple[str, bool]]]
    """answer -> the paths whose look may change with it (label, choices, constraint, ...)."""
    repeats: frozenset[str] = frozenset()
    counted: dict[str, str] = field(default_factory=dict)
    selects: frozenset[str] = frozenset()
    """Questions whose choices come from a list."""


@lru_cache(maxsize=64)
def plan(form: Form) -> Plan:
    """The plan of `form`.

    Raises:
        Refusal: forms.cycle with the names of the answers that depend on one another in a circle.
    """
    triggers = _triggers(form)
    wakes: dict[str, list[tuple[Trigger, bool]]] = defaultdict(list)
    for trigger in triggers:
        near = _reads(form, trigger.source, trigger.target)
        trigger.reads = frozenset(near)
        for path, same_repeat in near.items():
            wakes[path].append((trigger, same_repeat))
    ordered = _ordered(triggers, form)
    for place, trigger in enumerate(ordered):
        trigger.order = place
    return Plan(
        triggers=ordered,
        wakes=dict(wakes),
        shows=_shows(form),
        repeats=frozenset(form.templates) | {each.path for each in walk(form.body) if each.kind == "repeat"},
        selects=frozenset(each.path for each in walk(form.body) if each.choices is not None and each.choices.nodeset),
        counted={each.path: each.count for each in walk(form.body) if each.kind == "repeat" and each.count},
    )


def _triggers(form: Form) -> list[Trigger]:
    found: list[Trigger] = []
    for path, rules in form.rules.items():
        if rules.relevant and rules.relevant != "true()":
            found.append(Trigger("relevant", path, rules.relevant, compile_text(rules.relevant)))
        if rules.calculate:
            found.append(Trigger("calculate", path, rules.calculate, compile_text(rules.calculate)))
    counts = [each for each in walk(form.body) if each.kind == "repeat" and each.count]
    return found + [Trigger("count", each.path, each.count, compile_text(each.count)) for each in counts]


def _reads(form: Form, source: str, target: str) -> dict[str, bool]:
    """The paths that an expression of `target` reads; true when only within the same repeat."""
    found: dict[str, bool] = {}
    for reference in references(parse(source), target):
        for path in matching(reference, form.paths):
            found[path] = found.get(path, True) and reference.near
    return found


def _ordered(triggers: list[Trigger], form: Form) -> list[Trigger]:
    """The triggers, each after what it reads; a count may read what its own repeats hold, as in JavaRosa."""
    after = _edges(triggers, form)
    ordered = _sorted(triggers, after)
    if len(ordered) < len(triggers):
        after = {each: set() if each.kind == "count" else followers for each, followers in after.items()}
        ordered = _sorted(triggers, after)
    if len(ordered) < len(triggers):
        stuck = [each for each in triggers if each not in set(ordered)]
        raise Refusal("forms.cycle", names=_circle(after, stuck), file=form.name)
    return ordered


def _sorted(triggers: list[Trigger], after: dict[Trigger, set[Trigger]]) -> list[Trigger]:
    """As many of the triggers as can be put into order."""
    waiting = dict.fromkeys(triggers, 0)
    for followers in after.values():
        for follower in followers:
            waiting[follower] += 1
    ready = [trigger for trigger in triggers if not waiting[trigger]]
    ordered: list[Trigger] = []
    while ready:
        trigger = ready.pop()
        ordered.append(trigger)
        for follower in after.get(trigger, ()):
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    return ordered


def _edges(triggers: list[Trigger], form: Form) -> dict[Trigger, set[Trigger]]:
    """Which triggers must come after which: those that read what it writes."""
    readers: dict[str, list[Trigger]] = defaultdict(list)
    for trigger in triggers:
        for path in trigger.reads:
            readers[path].append(trigger)
    paths = sorted(form.paths)
    edges: dict[Trigger, set[Trigger]] = {}
    for trigger in triggers:
        written = (trigger.target,) if trigger.kind == "calculate" else _below(trigger.target, paths)
        followers = {reader for path in written for reader in readers.get(path, ())}
        if trigger.kind == "count":
            followers.discard(trigger)
        edges[trigger] = followers
    return edges


def _below(path: str, paths: list[str]) -> list[str]:
    """The answer at `path` and what lies in it; `paths` are in order. "0" is what comes after "/"."""
    inside = paths[bisect_left(paths, path + "/") : bisect_left(paths, path + "0")]
    return [path, *inside]


def _circle(after: dict[Trigger, set[Trigger]], stuck: list[Trigger]) -> str:
    """The names along one circle, in order."""
    left = set(stuck)
    walked: list[Trigger] = []
    at = next((each for each in stuck if after[each] & left), stuck[0])
    before: dict[Trigger, list[Trigger]] = defaultdict(list)
    for trigger in stuck:
        for follower in after[trigger] & left:
            before[follower].append(trigger)
    while at not in walked:
        walked.append(at)
        at = before[at][0]
    names = [each.target.rpartition("/")[2] for each in walked[walked.index(at) :][::-1]]
    return " → ".join(dict.fromkeys(names)) + f" → {names[0]}"


def _shows(form: Form) -> dict[str, list[tuple[str, bool]]]:
    found: dict[str, dict[str, bool]] = defaultdict(dict)
    in_lists: dict[str, list[str]] = {}
    for element in walk(form.body):
        if not element.path:
            continue
        for source in _sources(form, element, in_lists):
            for path, near in _reads(form, source, element.path).items():
                found[path][element.path] = found[path].get(element.path, True) and near
    return {path: list(targets.items()) for path, targets in found.items()}


def _sources(form: Form, element: Element, in_lists: dict[str, list[str]]) -> Iterable[str]:
    """Every expression that shapes how `element` looks or whether it is valid; `in_lists` keeps those of lists."""
    rules = form.rule(element.path)
    yield from (each for each in (rules.required, rules.read_only, rules.constraint) if each)
    wordings = [element.label, element.hint, rules.constraint_message, rules.required_message]
    if element.choices is not None:
        if element.choices.nodeset:
            yield element.choices.nodeset
        wordings += [label for _, label in element.choices.inline]
        nodeset = element.choices.nodeset
        if nodeset and nodeset not in in_lists:
            in_lists[nodeset] = list(_list_outputs(form, nodeset))
        yield from in_lists.get(nodeset, ())
    for wording in wordings:
        for phrase in _phrases(form, wording):
            yield from phrase.sources


def _list_outputs(form: Form, nodeset: str) -> Iterable[str]:
    """Outputs inside the labels of the choices of a list."""
    for name, document in form.lists.items():
        if f"'{name}'" in nodeset or f'"{name}"' in nodeset:
            for identifier in _identifiers(document):
                for phrase in _phrases(form, Wording(identifier=identifier)):
                    yield from phrase.sources


def _identifiers(document: Node) -> Iterable[str]:
    for root in document.elements():
        for item in root.elements():
            found = item.first("itextId")
            if found is not None:
                yield found.text()


def _phrases(form: Form, wording: Wording | None) -> Iterable[Phrase]:
    if wording is None:
        return
    if wording.inline is not None:
        yield wording.inline
    for texts in form.texts.values():
        yield from texts.get(wording.identifier, {}).values()
