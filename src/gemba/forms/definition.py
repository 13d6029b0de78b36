"""What a form is made of once it is read: sections, repeats, questions, rules, texts.

Nothing here changes while a form is filled.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from gemba.forms.expressions import Compiled, Node

ItemKind = Literal["section", "question", "repeat", "note"]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text to show: pieces of text and expressions whose values stand between them."""

    pieces: tuple[str | Compiled, ...]
    sources: tuple[str, ...] = ()
    """The expressions as written, for finding what the text depends on."""

    def plain(self) -> str:
        """The text with `…` where an answer would stand."""
        return "".join(piece if isinstance(piece, str) else "…" for piece in self.pieces).strip()


@dataclass(frozen=True, slots=True)
class Wording:
    """Where a text comes from: written in place, kept under an identifier, or under one that an expression gives."""

    inline: Phrase | None = None
    identifier: str = ""
    expression: str = ""
    kept: bool = False
    """Whether the expression gives an identifier rather than the text itself."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one answer, as written in the form ("" for none)."""

    path: str
    type: str = "string"
    relevant: str = ""
    required: str = ""
    read_only: str = ""
    constraint: str = ""
    calculate: str = ""
    constraint_message: Wording | None = None
    required_message: Wording | None = None
    preload: str = ""
    preload_parameter: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    """Attributes of other vocabularies by bare name, such as weight and critical."""


@dataclass(frozen=True, slots=True)
class ChoiceSource:
    """Where the choices of a question come from: a list with a filter, or choices written in place."""

    nodeset: str = ""
    value: str = "name"
    label: Wording | None = None
    inline: tuple[tuple[str, Wording | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Action:
    """A value set at an event: the first load, a new repeat, or a change of another answer (`trigger`)."""

    events: tuple[str, ...]
    target: str
    value: str = ""
    literal: str = ""
    trigger: str = ""


@dataclass(frozen=True, slots=True)
class Element:
    """One thing in the body of the form: a section, a repeat or a question."""

    kind: ItemKind
    path: str
    control: str
    type: str = ""
    """The XLSForm type of a question: select_one, text, integer, ..."""
    label: Wording | None = None
    hint: Wording | None = None
    appearance: str = ""
    choices: ChoiceSource | None = None
    children: tuple[Element, ...] = ()
    count: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The last name of the path."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Question:
    """A question as the form defines it, before anything is filled."""

    path: str
    name: str
    kind: str
    label: str
    required: bool
    weight: float | None
    critical: bool


@dataclass(frozen=True, eq=False)
class Form:
    """A form that can be filled. Made by `gemba.forms.reading`."""

    form_id: str
    version: str
    title: str
    languages: tuple[str, ...]
    default_language: str
    xform: str
    attributes: Mapping[str, str]
    """Attributes of the root of the answers by bare name, such as kind."""
    root: Node
    """Document node of the empty answers, with its default values; copied for each filling."""
    body: tuple[Element, ...]
    rules: Mapping[str, Rules]
    actions: tuple[Action, ...]
    texts: Mapping[str, Mapping[str, Mapping[str, Phrase]]]
    """language -> identifier -> form ("" is the long text, else "image", "guidance", ...) -> phrase."""
    lists: Mapping[str, Node]
    templates: Mapping[str, Node]
    """A fresh copy of each repeat by path."""
    order: Mapping[str, tuple[str, ...]]
    """The names inside each section, in order, repeats too."""
    name: str = "form.xlsx"
    outside: Mapping[str, str] = field(default_factory=dict)
    """Lists that live in files beside the form: list name -> file name."""

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """Every element of the body by path (a repeat wins over the section around it)."""
        found: dict[str, Element] = {}
        for element in walk(self.body):
            if element.path and (element.kind != "section" or element.path not in found):
                found[element.path] = element
        return found

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The path of every answer and section, in document order."""
        return tuple(self._below(self.root.children[0].path))

    def _below(self, path: str) -> Iterator[str]:
        yield path
        for name in self.order.get(path, ()):
            yield from self._below(f"{path}/{name}")

    def rule(self, path: str) -> Rules:
        """The rules of the answer at `path` (without repeat numbers)."""
        return self.rules.get(path) or Rules(path)

    def questions(self) -> list[Question]:
        """Every question, in the order of the form (notes are not questions)."""
        return [self._question(element) for element in walk(self.body) if element.kind == "question"]

    def phrase(self, wording: Wording | None, language: str, form: str = "", *, dash: bool = False) -> Phrase | None:
        """The phrase of `wording` in `language`; a missing one falls back to the default language, then to any.

        A dash is what pyxform writes for a missing translation; `dash` shows it, as ODK Collect does.
        """
        if wording is None:
            return None
        if wording.inline is not None:
            return wording.inline if not form else None
        return self.text(wording.identifier, language, form, dash=dash)

    def text(self, identifier: str, language: str, form: str = "", *, dash: bool = False) -> Phrase | None:
        """The phrase kept under `identifier`, with the same fall-back."""
        for each in dict.fromkeys((language, self.default_language, *self.texts)):
            phrase = self.texts.get(each, {}).get(identifier, {}).get(form)
            if phrase is not None and (dash or phrase.pieces != ("-",)):
                return phrase
        return None

    def _question(self, element: Element) -> Question:
        rules = self.rule(element.path)
        phrase = self.phrase(element.label, self.default_language)
        return Question(
            path=element.path,
            name=element.name,
            kind=element.type,
            label=phrase.plain() if phrase else element.name,
            required=rules.required not in {"", "false()"},
            weight=weight_of(rules),
            critical=is_critical(rules),
        )


def walk(elements: tuple[Element, ...]) -> Iterator[Element]:
    """Every element, sections before what they hold."""
    for element in elements:
        yield element
        yield from walk(element.children)


def weight_of(rules: Rules) -> float | None:
    """The weight of an item (column `bind::gemba:weight`), None when the form gives none."""
    text = rules.extras.get("weight", "").strip()
    try:
        return float(text) if text else None
    except ValueError:
        return None


def is_critical(rules: Rules) -> bool:
    """Whether failing the item is listed apart (column `bind::gemba:critical`)."""
    return rules.extras.get("critical", "").strip().lower() in {"1", "true", "true()", "yes"}
