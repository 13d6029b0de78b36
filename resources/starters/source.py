"""A source of the starter library, read and laid out as the rows of an XLSForm.

A source is a TOML file. Each `[[row]]` is one of

- `section`: opens a section, which ends at the next one; `weight` is what it counts beside the others; with
  `repeats = true` it is one that a person adds as often as it comes;
- `item`: a question on the template's scale, the thing that is counted in the library's table;
- `ask`: any other question, with its XLSForm `type`;
- `use`: a row of `common.toml`.

`[[each_item]]` rows follow every item and `[[each_section]]` rows close every section that holds items; `{item}`,
`{section}` and `{lows}` stand for their names. Texts are lists `[label, hint, why it matters]`, one line a language.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
LANGUAGES = {
    "en": "English (en)",
    "fr": "French (fr)",
    "es": "Spanish (es)",
    "ar": "Arabic (ar)",
    "de": "German (de)",
}
NAMESPACE = 'gemba="https://gemba.example/xforms"'
_TEXTS = ("label", "hint", "guidance_hint")
_PLAIN = {
    "relevant": "relevant",
    "constraint": "constraint",
    "calculation": "calculation",
    "default": "default",
    "appearance": "appearance",
    "parameters": "parameters",
    "weight": "bind::gemba:weight",
    "scale": "bind::gemba:scale",
}
_MESSAGES = {"must": "required_message", "broken": "constraint_message"}

Cells = dict[str, str | int | float]


@dataclass
class Layout:
    """The sheets of one workbook, and what the catalogue says of it."""

    stem: str
    survey: list[Cells] = field(default_factory=list)
    choices: list[Cells] = field(default_factory=list)
    settings: list[Cells] = field(default_factory=list)
    about: list[tuple[str, str]] = field(default_factory=list)
    languages: tuple[str, ...] = ()
    items: dict[str, list[str]] = field(default_factory=dict)
    """Names of the items, by section."""
    facts: dict[str, Any] = field(default_factory=dict)


def stems() -> list[str]:
    """The names of all sources, without their ending, in the order of the library's table."""
    found = {path.stem: _load(path.stem) for path in HERE.glob("*.toml") if path.stem != "common"}
    return sorted(found, key=lambda stem: int(found[stem]["number"]))


def lay_out(stem: str) -> Layout:
    """The rows of the workbook that the source `stem` describes."""
    source = _load(stem)
    layout = Layout(stem, languages=tuple(source.get("languages", ("en", "fr", "es", "ar"))), facts=source)
    _survey(layout, source)
    for name, choices in source["lists"].items():
        for choice in choices:
            layout.choices.append(_choice(layout, name, choice))
    layout.settings.append(
        {
            "form_title": source["title"]["en"],
            "form_id": source["form_id"],
            "version": source["version"],
            "default_language": LANGUAGES["en"],
            "namespaces": NAMESPACE,
            "attribute::gemba:kind": source["kind"],
            "attribute::gemba:budget_minutes": source["minutes"],
        }
    )
    layout.about = [(source["title"][code], source["about"][code]) for code in layout.languages]
    layout.about += [tuple(pair) for pair in _load("common")["about"]]
    return layout


@cache
def _load(stem: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{stem}.toml").read_text(encoding="utf-8"))


def _survey(layout: Layout, source: Mapping[str, Any]) -> None:
    section, repeats = "", False
    for row in source["row"]:
        if "section" in row:
            _close(layout, source, section, repeats)
            section, repeats = row["section"], bool(row.get("repeats"))
            layout.survey.append(_section(layout, row))
        elif "item" in row:
            layout.items.setdefault(section, []).append(row["item"])
            layout.survey.append(_item(layout, source, row))
            for follow in () if row.get("alone") else source.get("each_item", ()):
                layout.survey.append(_question(layout, _filled(follow, item=row["item"])))
        else:
            layout.survey.append(_question(layout, _common(row)))
    _close(layout, source, section, repeats)


def _close(layout: Layout, source: Mapping[str, Any], section: str, repeats: bool) -> None:  # noqa: FBT001 - internal
    if not section:
        return
    items = layout.items.get(section)
    if items:
        test = source.get("low", "")
        lows = " + ".join(f"if({test.replace('{item}', f'${{{item}}}')}, 1, 0)" for item in items)
        for follow in source.get("each_section", ()):
            layout.survey.append(_question(layout, _filled(follow, section=section, lows=lows)))
    layout.survey.append({"type": "end_repeat" if repeats else "end_group", "name": section})


def _common(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row itself, or the shared one that it uses with what it says of its own."""
    if "use" not in row:
        return row
    shared = _load("common")["rows"][row["use"]]
    return {"ask": row["use"], **shared, **{key: value for key, value in row.items() if key != "use"}}


def _filled(follow: Mapping[str, Any], **names: str) -> dict[str, Any]:
    """A row that follows, with its placeholders replaced; texts are left as they are."""
    found = dict(follow)
    for key in ("ask", "relevant", "required", "calculation", "constraint"):
        if isinstance(found.get(key), str):
            for name, value in names.items():
                found[key] = found[key].replace(f"{{{name}}}", value)
    return found


def _section(layout: Layout, row: Mapping[str, Any]) -> Cells:
    cells: Cells = {"type": "begin_repeat" if row.get("repeats") else "begin_group", "name": row["section"]}
    _say(layout, cells, row)
    if "weight" in row:
        cells["bind::gemba:section_weight"] = row["weight"]
    if "appearance" in row:
        cells["appearance"] = row["appearance"]
    if "relevant" in row:
        cells["relevant"] = row["relevant"]
    return cells


def _item(layout: Layout, source: Mapping[str, Any], row: Mapping[str, Any]) -> Cells:
    shown = {"appearance": source["appearance"], "required": source.get("required", True), **row}
    return _question(layout, {**shown, "ask": row["item"], "type": f"select_one {row.get('list', source['scale'])}"})


def _question(layout: Layout, row: Mapping[str, Any]) -> Cells:
    cells: Cells = {"type": row["type"], "name": row["ask"]}
    _say(layout, cells, row)
    if row.get("required"):
        cells["required"] = "yes" if row["required"] is True else row["required"]
    if row.get("critical"):
        cells["bind::gemba:critical"] = "yes"
    cells.update({column: row[key] for key, column in _PLAIN.items() if row.get(key) not in {None, ""}})
    for key, column in _MESSAGES.items():
        for code in layout.languages if key in row else ():
            cells[f"{column}::{LANGUAGES[code]}"] = _typeset(code, row[key][code])
    return cells


def _say(layout: Layout, cells: Cells, row: Mapping[str, Any]) -> None:
    for code in layout.languages:
        texts: Sequence[str] = row.get(code, ())
        for column, words in zip(_TEXTS, texts, strict=False):
            if words:
                cells[f"{column}::{LANGUAGES[code]}"] = _typeset(code, words)


def _choice(layout: Layout, name: str, choice: Mapping[str, Any]) -> Cells:
    cells: Cells = {"list_name": name, "name": choice["name"]}
    for code in layout.languages:
        cells[f"label::{LANGUAGES[code]}"] = _typeset(code, choice[code])
    if "score" in choice:
        cells["score"] = choice["score"]
    return cells


def _typeset(code: str, words: str) -> str:
    """French sets a space that does not break around its high punctuation."""
    return re.sub(r" (?=[:;?!»])|(?<=«) ", "\u00a0", words) if code == "fr" else words


def columns(layout: Layout) -> Iterator[str]:
    """The columns of the survey sheet that hold something, in the order of an XLSForm."""
    spoken = [LANGUAGES[code] for code in layout.languages]
    order = ["type", "name"]
    order += [f"{text}::{language}" for text in _TEXTS for language in spoken]
    order += ["required", *(f"required_message::{language}" for language in spoken)]
    order += ["relevant", "constraint", *(f"constraint_message::{language}" for language in spoken)]
    order += ["calculation", "default", "appearance", "parameters", "bind::gemba:weight", "bind::gemba:critical"]
    order += ["bind::gemba:scale", "bind::gemba:section_weight"]
    used = {column for cells in layout.survey for column in cells}
    return (column for column in order if column in used)
