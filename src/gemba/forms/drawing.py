"""Questions drawn by lot for one filling, so that nobody can prepare for them, and anyone can draw them again.

A section says how many are drawn (`bind::gemba:draw`): `3` of all that it holds, `3 hygiene` of those that carry the
tag, several draws parted by `;`. Each draw is `random.Random(f"{seed} {path} {tag}").sample(sorted paths, n)`.
What is not drawn does not apply.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from gemba.forms.definition import Element, Form, walk

_DRAW = re.compile(r"\s*(\d+)(?:\s+(\S+))?\s*$")


def draws(form: Form) -> bool:
    """Whether anything of a form is drawn."""
    return any(rules.extras.get("draw") for rules in form.rules.values())


def read_draws(said: str) -> list[tuple[int, str]] | None:
    """How many are drawn of which tag ("" for all); None when it cannot be read."""
    found = [_DRAW.match(part) for part in said.split(";") if part.strip()]
    return [(int(each[1]), each[2] or "") for each in found if each] if all(found) else None


def left_out(form: Form, seed: str) -> frozenset[str]:
    """The paths of the questions and sections that were not drawn."""
    candidates: set[str] = set()
    drawn: set[str] = set()
    for section in walk(form.body):
        if section.kind == "section" and section.path:
            among, chosen = draw_in(form, section, seed)
            candidates |= among
            drawn |= chosen
    return frozenset(candidates - drawn)


def draw_in(form: Form, section: Element, seed: str) -> tuple[frozenset[str], frozenset[str]]:
    """The paths among which a section draws, and those that it draws for a seed."""
    candidates: set[str] = set()
    drawn: set[str] = set()
    for number, tag in read_draws(form.rule(section.path).extras.get("draw", "")) or []:
        fitting = sorted(_fitting(form, section, tag))
        chance = random.Random(f"{seed} {section.path} {tag}")  # noqa: S311 - it must be drawn again alike
        candidates |= set(fitting)
        drawn |= set(chance.sample(fitting, min(number, len(fitting))))
    return frozenset(candidates), frozenset(drawn)


@lru_cache(maxsize=16)
def drawn(form: Form, seed: str) -> Form:
    """The form of one filling: what was not drawn for its seed does not apply. Without a seed nothing is drawn."""
    gone = left_out(form, seed) if seed else frozenset()
    if not gone:
        return form
    rules = {**form.rules, **{path: replace(form.rule(path), relevant="false()") for path in gone}}
    return replace(form, rules=rules)


def tags_of(said: str) -> list[str]:
    """The tags that a cell names, parted by spaces or commas."""
    return [tag for tag in re.split(r"[\s,;]+", said) if tag]


def _fitting(form: Form, section: Element, tag: str) -> Iterator[str]:
    """What a draw chooses among: all questions that a section holds itself, or whatever in it carries the tag."""
    if not tag:
        yield from (each.path for each in section.children if each.kind in {"question", "section"} and each.path)
        return
    for each in walk(section.children):
        if (
            each.path
            and each.kind in {"question", "section"}
            and tag in tags_of(form.rule(each.path).extras.get("tags", ""))
        ):
            yield each.path
