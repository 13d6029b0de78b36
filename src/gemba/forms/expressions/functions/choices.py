"""Choices: selected(), count-selected(), selected-at(), the label of a choice."""

from __future__ import annotations

from gemba.forms.expressions.context import Context
from gemba.forms.expressions.functions.logic import truncated
from gemba.forms.expressions.functions.registry import Shelf
from gemba.forms.expressions.values import Value

FUNCTIONS = Shelf()


@FUNCTIONS.add("selected", "is-selected", low=2)
def _selected(context: Context, chosen: Value, choice: Value) -> bool:
    names, sought = context.text(chosen), context.text(choice).strip()
    return f" {sought} " in f" {names} "


@FUNCTIONS.add("count-selected", low=1)
def _count_selected(context: Context, chosen: Value) -> float:
    return float(len(context.text(chosen).split()))


@FUNCTIONS.add("selected-at", low=2)
def _selected_at(context: Context, chosen: Value, place: Value) -> str:
    names, index = context.text(chosen).split(), truncated(context.number(place))
    return names[index] if 0 <= index < len(names) else ""


@FUNCTIONS.add("jr:choice-name", low=2)
def _choice_name(context: Context, choice: Value, question: Value) -> str:
    return context.world.choice_label(context.text(choice), context.text(question), context)


@FUNCTIONS.add("jr:itext", low=1)
def _itext(context: Context, identifier: Value) -> str:
    return context.world.itext(context.text(identifier))
