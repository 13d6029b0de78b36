"""A workbook to begin an overlay with: the core's items in order, ready to be translated, weighed or asked for."""

from __future__ import annotations

from gemba.forms.book import Book, Sheet
from gemba.forms.editing.columns import cell, default_language, header_of
from gemba.forms.editing.tree import items

_SURVEY = ("overlay", "type", "name", "label", "hint", "after", "into", "required", "constraint", "bind::gemba:weight")


def starting_overlay(core: Book, region: str) -> Book:
    """An overlay that says nothing yet. The column `core` shows each item's words; it has no effect.

    Args:
        core: over which it will be laid.
        region: whose it is.
    """
    language = default_language(core)
    made = Book()
    survey = Sheet("survey", [*_SURVEY, "core"])
    for number, item in enumerate([each for each in items(core) if each.name], 2):
        survey.rows.append({"name": item.name, "core": cell(core.survey, item.row, "label", language) or item.name})
        survey.numbers.append(number)
    settings = Sheet("settings", ["overlay_of", "core_version", "region", "version"])
    said = {
        "overlay_of": cell(core.settings, 0, "form_id") if core.settings.rows else "",
        "core_version": cell(core.settings, 0, "version") if core.settings.rows else "",
        "region": region,
        "version": "1",
    }
    settings.rows.append({name: text for name, text in said.items() if text})
    settings.numbers.append(2)
    choices = Sheet("choices", [header_of(core.choices, "list") or "list_name", "name", "label"])
    for sheet in (survey, choices, settings):
        made.take(sheet)
    return made
