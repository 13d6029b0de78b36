"""The starter library: fourteen checklists that are shipped, each beside the form that it becomes.

A catalogue says what there is, so that listing converts nothing; the XForm beside each workbook saves the converting
when one is taken in. It is used only for the very bytes that the catalogue names: a workbook that somebody changed in
its place is read like any other.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.forms.inspecting import FormFacts, Inspection, inspect
from gemba.forms.xform import parse
from gemba.shipped import resource
from gemba.wording import language
from gemba.work.desk import Desk
from gemba.work.import_template import import_template, look


class Starter(msgspec.Struct, frozen=True):
    """One checklist of the starter library, as the catalogue tells it."""

    file: str
    form_id: str
    version: str
    kind: str
    minutes: int
    """How long a practised person needs for it."""
    sections: int
    items: int
    """Questions on its scale; facts, notes and photos are counted only where there is no scale."""
    title: dict[str, str]
    """By code of the language."""
    about: dict[str, str]
    sha256: str

    @property
    def titled(self) -> str:
        """Its title in the language of the program, else in English."""
        return _spoken(self.title)

    @property
    def told(self) -> str:
        """What it is for, in a few sentences."""
        return _spoken(self.about)


class Offer(msgspec.Struct, frozen=True):
    """A starter, and whether the library of this store has it."""

    starter: Starter
    here: bool


def _spoken(words: Mapping[str, str]) -> str:
    return words.get(language().partition("-")[0].partition("_")[0]) or words["en"]


def starters() -> tuple[Starter, ...]:
    """Every starter, in the order of the catalogue."""
    return msgspec.json.decode(_home("catalogue.json").read_bytes(), type=tuple[Starter, ...])


def offers(desk: Desk) -> list[Offer]:
    """Every starter, with those that are in the library already marked."""
    with desk.reader() as reader:
        known = {(each.form_id, each.version) for each in reader.find(Template)}
    return [Offer(each, (each.form_id, each.version) in known) for each in starters()]


def named(form_id: str) -> Starter:
    """The starter with a form id, or with the name of its file.

    Raises:
        Refusal: `work.no_starter`, with the ids there are.
    """
    found = next((each for each in starters() if form_id in {each.form_id, each.file}), None)
    if found is None:
        raise Refusal("work.no_starter", form_id=form_id, known=", ".join(each.form_id for each in starters()))
    return found


def add(desk: Desk, form_ids: Sequence[str]) -> list[Change]:
    """Take starters into the library; one that is there already stays as it is.

    Raises:
        Refusal: there is no such starter, or another workbook has its id and version.
    """
    wanted = [named(form_id) for form_id in form_ids]
    return [_add(desk, each) for each in wanted]


def take(desk: Desk, form_id: str) -> Change:
    """Take one starter into the library, as `add` does."""
    return add(desk, [form_id])[0]


def furnish(desk: Desk) -> None:
    """Take the whole starter library into a new store."""
    for each in starters():
        _add(desk, each)


def _add(desk: Desk, starter: Starter) -> Change:
    source = _home(starter.file).read_bytes()
    look(source, starter.file, inspecting=_prebuilt(starter))
    return import_template(desk, source, starter.file)


def _prebuilt(starter: Starter) -> Callable[..., Inspection]:
    """An inspection that takes the form that was made beforehand, if it was made from these very bytes."""

    def inspecting(source: bytes, name: str, files: Mapping[str, bytes], stage: Callable[[str], object]) -> Inspection:
        if hashlib.sha256(source).hexdigest() != starter.sha256:
            return inspect(source, name, files, stage)
        form = parse(_home("xforms", f"{Path(name).stem}.xml").read_text("utf-8"), name=name)
        facts = FormFacts(
            form.form_id, form.version, form.title, dict(form.attributes), form.languages, len(form.questions())
        )
        return Inspection(facts, form.xform)

    return inspecting


def _home(*parts: str) -> Path:
    return resource("templates", *parts)
