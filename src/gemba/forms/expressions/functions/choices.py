"""Choices: selected(), count-selected(), selected-at(), the label of a choice."""

from __future__ import annotations

import math

from gemba.forms.expressions.context import Context
from gemba.forms.expressions.functions.registry import Shelf
from gemba.forms.expressions.values import Value, to_number, to_text

FUNCTIONS = Shelf()


@FUNCTIONS.add("selected", "is-selected", low=2)
def _selected(context: Context, chosen: Value, choice: Value) -> bool:
    names, sought = to_text(chosen, context.zone), to_text(choice, context.zone).strip()
    return f" {sought} " in f" {names} " if sought else not names.strip()


@FUNCTIONS.add("count-selected", low=1)
def _count_selected(context: Context, chosen: Value) -> float:
    return float(len(to_text(chosen, context.zone).split()))


@FUNCTIONS.add("selected-at", low=2)
def _selected_at(context: Context, chosen: Value, place: Value) -> str:
    names, index = to_text(chosen, context.zone).split(), to_number(place, context.zone)
    return names[int(index)] if math.isfinite(index) and 0 <= int(index) < len(names) else ""


@FUNCTIONS.add("jr:choice-name", low=2)
def _choice_name(context: Context, choice: Value, question: Value) -> str:
    return context.world.choice_label(to_text(choice, context.zone), to_text(question, context.zone), context)


@FUNCTIONS.add("jr:itext", low=1)
def _itext(context: Context, identifier: Value) -> str:
    return context.world.itext(to_text(identifier, context.zone))
