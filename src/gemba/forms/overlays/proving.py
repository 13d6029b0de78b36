"""Proof on finished forms, not on what a workbook claims: nothing of the core was dropped or weakened."""

from __future__ import annotations

from collections.abc import Iterator

from gemba.forms.choices import score_of
from gemba.forms.definition import Element, Form, Rules, is_critical, weight_of

_SAME = ("type", "relevant", "read_only", "calculate", "preload")


def weakened(core: Form, local: Form) -> list[tuple[str, str]]:
    """The questions of the core that are dropped or weakened in the local form, each with what differs."""
    return [
        (path, what)
        for path, element in core.elements.items()
        for what in _differs(element, local.elements.get(path), core, local)
    ]


def _differs(core: Element, local: Element | None, core_form: Form, local_form: Form) -> Iterator[str]:
    if local is None:
        yield "dropped"
        return
    before, after = core_form.rule(core.path), local_form.rule(core.path)
    yield from (name for name in _SAME if getattr(before, name) != getattr(after, name))
    if (core.kind, core.type, core.count) != (local.kind, local.type, local.count):
        yield "type"
    if after.required not in {before.required, "true()"}:
        yield "required"
    if not after.constraint.startswith((before.constraint, f"({before.constraint}) and (")):
        yield "constraint"
    if is_critical(before) and not is_critical(after):
        yield "critical"
    if _is_mandatory(before) and (weight_of(after) or 1.0) < (weight_of(before) or 1.0):
        yield "weight"
    yield from _choices(core, local, core_form, local_form)


def _choices(core: Element, local: Element, core_form: Form, local_form: Form) -> Iterator[str]:
    if core.choices is None or local.choices is None:
        if core.choices != local.choices:
            yield "choices"
        return
    if core.choices.nodeset != local.choices.nodeset:
        yield "choices"
        return
    name = core.choices.nodeset.partition("'")[2].partition("'")[0]
    before, after = _scores(core_form, name, core.choices.value), _scores(local_form, name, local.choices.value)
    mandatory = _is_mandatory(core_form.rule(core.path))
    changed = any(after.get(choice, "gone") != score for choice, score in before.items())
    if changed or (mandatory and before != after):
        yield "choices"


def _scores(form: Form, name: str, value: str) -> dict[str, float | str | None]:
    found: dict[str, float | str | None] = {}
    for row in [row for root in form.lists[name].elements() for row in root.elements()] if name in form.lists else []:
        cell = row.first(value)
        if cell is not None:
            found[cell.text()] = score_of(row)
    return found


def _is_mandatory(rules: Rules) -> bool:
    return rules.required not in {"", "false()"} or is_critical(rules)
