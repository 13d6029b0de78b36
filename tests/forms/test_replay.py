"""Real forms, filled as JavaRosa (ODK Collect's engine) filled them: every label, choice, rule and value must agree.

The forms and recordings are not redistributed; they are looked for at ../shared/oracles beside the checkout or in
GEMBA_ORACLES. Meant differences, each named where it is let pass: we show the default language where a translation is
missing (JavaRosa shows "-") and a choice's name where it has no label; white space inside labels is as the author wrote
it; numbers are written without exponents; repeats beyond their count are not sent.
"""

from __future__ import annotations

import gzip
import json
import os
import re
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from gemba.errors import Refusal
from gemba.forms.expressions import Node, number_text, parse_xml
from gemba.forms.filling import Fill
from gemba.forms.outline import outline
from gemba.forms.xform import parse

ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[2].parent / "shared" / "oracles") / "forms"
RECORDED = datetime(2026, 11, 21, 0, 6, tzinfo=UTC)
REJECTED = {1: "required", 2: "constraint"}

pytestmark = pytest.mark.skipif(not ORACLES.is_dir(), reason="no recorded fillings: set GEMBA_ORACLES to their folder")


class Replay:
    """One recorded filling, repeated step by step; `differences` says what was not the same."""

    def __init__(self, xform: str, recorded: dict) -> None:
        self.recorded = recorded
        self.differences: list[str] = []
        self.fill = Fill(parse(xform), now=lambda: RECORDED, person="found", device="found")
        self.answers = self.fill._answers
        self.last: Node | None = None

    def run(self) -> list[str]:
        for step in self.recorded["trace"]:
            try:
                self.repeat(step["ref"]) if step["t"] == "R" else self.question(step)
            except Refusal as refusal:
                self.differences.append(f"lost: {refusal}")
                return self.differences
        self.compare(parse_xml(self.recorded["xml"]).elements()[0], self.answers.root)
        return self.differences

    def repeat(self, ref: str) -> None:
        self.fill.add_repeat(ref)

    def question(self, step: dict) -> None:
        node = self.fill._node(step["ref"])
        expected = self.following()
        if expected is not node:
            self.note("order", step, self.answers.path_of(expected) if expected else None, step["ref"])
        self.last = node
        self.look(step)
        for value, code in step.get("rejected", ()):
            self.verdict(step, value, REJECTED[code])
        if step["res"] == "ok":
            self.verdict(step, step["val"], "ok")
            self.fill.set(step["ref"], step["val"])

    def following(self) -> Node | None:
        """The question that comes after the last one."""
        nodes = [node for item, node in outline(self.fill.form, self.answers) if item.kind in {"question", "note"}]
        if self.last is None or self.last not in nodes:
            return nodes[0] if nodes else None
        place = nodes.index(self.last) + 1
        return nodes[place] if place < len(nodes) else None

    def look(self, step: dict) -> None:
        view = self.fill.view(step["ref"])
        self.same("required", step, view.required, step["req"])
        self.same("read-only", step, view.read_only, step["ro"])
        if step["label"] != "-":  # a missing translation: JavaRosa shows pyxform's "-", we the default language
            self.same("label", step, plain(view.label), plain(step["label"]))
        self.same("value", step, view.value or None, step["old"])
        if "choices" in step:
            theirs = [[name, "-" if label == "-" else plain(label)] for name, label in step["choices"]]
            ours = [[each.name, plain(each.label)] for each in view.choices]
            for our, their in zip(ours, theirs, strict=False):
                if their[1] in {"-", None}:  # no label in this language, or none at all: we show something
                    our[1] = their[1]
            self.same("choices", step, ours, theirs)

    def verdict(self, step: dict, value: str, expected: str) -> None:
        self.same("verdict", step, self.fill.verdict(step["ref"], value), expected, of=value)

    def same(self, what: str, step: dict, ours: object, theirs: object, of: object = "") -> None:
        if ours != theirs:
            self.note(what, step, ours, theirs, of)

    def note(self, what: str, step: dict, ours: object, theirs: object, of: object = "") -> None:
        self.differences.append(f"{what}: {step['ref']} {of!r} ours {str(ours)[:200]!r} theirs {str(theirs)[:200]!r}")

    def compare(self, theirs: Node, ours: Node) -> None:
        """The final instance, but for what chance and the clock wrote."""
        kept = self.answers.surplus - self.answers.hidden  # JavaRosa sends repeats beyond their count, we do not
        pairs = [each for each in ours.elements() if each.relevant or each in kept]
        names = [each.name for each in pairs]
        if names != [each.name for each in theirs.elements()]:
            self.differences.append(
                f"instance: {ours.path} ours {names} theirs {[each.name for each in theirs.elements()]}"
            )
            return
        for one, other in zip(pairs, theirs.elements(), strict=True):
            if one.elements():
                self.compare(other, one)
            elif one.text() != without_exponents(other.text()) and not self.by_chance(one):
                self.differences.append(
                    f"final: {self.answers.path_of(one)} ours {one.text()!r} theirs {other.text()!r}"
                )

    def by_chance(self, node: Node) -> bool:
        rules = self.fill.form.rule(node.path)
        return bool(rules.preload) or "uuid()" in rules.calculate or "random()" in rules.calculate


def plain(label: str | None) -> str | None:
    """A label without regard to the white space that XML and pyxform put into it."""
    return re.sub(r"\s+", "", without_exponents(label)) if label else None


def without_exponents(text: str) -> str:
    """Java writes large numbers with an exponent, which is no xsd:decimal; we write the digits."""
    return re.sub(r"\b\d\.\d+E\d+", lambda found: number_text(float(found[0])), text)


def unpacked(file: Path) -> str:
    return gzip.decompress(file.read_bytes()).decode()


@cache
def differences(form: str) -> tuple[str, ...]:
    xform = unpacked(ORACLES / "xform" / f"{form}.xml.gz")
    found: list[str] = []
    for seed in (1, 2, 3):
        recorded = json.loads(unpacked(ORACLES / "traces" / f"{form}.{seed}.json.gz"))
        found += Replay(xform, recorded).run()
    return tuple(found)


def forms() -> list[str]:
    return (
        sorted(file.name.partition(".")[0] for file in (ORACLES / "xform").glob("*.xml.gz")) if ORACLES.is_dir() else []
    )


@pytest.mark.parametrize("form", forms())
def test_a_form_is_filled_as_javarosa_fills_it(form):
    assert differences(form) == ()
