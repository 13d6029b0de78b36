"""Every failure of this room has its sentence, and no sentence has outlived its failure."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path
from string import Formatter

import pytest

import gemba
from gemba.shipped import resource

ROOMS = ("packs", "carriers")

chosen: dict[str, set[str]] = {}
"""By room: all codes that stand anywhere in its source, also in tables."""


def raised(room: str) -> dict[str, set[str]]:
    """Every code that the room's source raises, with the facts that are given to it wherever it is raised.

    A code that is chosen from a table before it is raised has no facts of its own here.
    """
    codes: dict[str, set[str]] = {}
    for file in (Path(gemba.__file__).parent / room).glob("*.py"):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if (
                isinstance(call, ast.Constant)
                and isinstance(call.value, str)
                and re.fullmatch(rf"{room}\.[a-z0-9]+(_[a-z0-9]+)*", call.value)
            ):
                chosen.setdefault(room, set()).add(call.value)
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Name)
                and call.func.id in {"Refusal", "Trouble"}
            ):
                facts = {keyword.arg or "" for keyword in call.keywords}
                for code in spelled(call.args[0]):
                    codes[code] = codes.get(code, facts) & facts
    return codes


def spelled(code: ast.expr) -> list[str]:
    """The codes that an expression can give: a constant, or one that says what kind of statement it is."""
    if isinstance(code, ast.Constant):
        return [str(code.value)]
    if not isinstance(code, ast.JoinedStr):
        return []
    return [ast.unparse(code)[2:-1].replace("{kind}", kind) for kind in ("receipt", "card")]


@pytest.mark.parametrize("room", ROOMS)
def test_codes_and_sentences_are_the_same(room):
    sentences = json.loads(resource("locale", "sentences", f"{room}.json").read_text("utf-8"))
    assert sentences.keys() == raised(room).keys() | chosen.get(room, set())
    assert list(sentences) == sorted(sentences)


@pytest.mark.parametrize("room", ROOMS)
def test_a_sentence_names_only_facts_that_are_always_given(room):
    sentences = json.loads(resource("locale", "sentences", f"{room}.json").read_text("utf-8"))
    for code, given in raised(room).items():
        named = {name for _, name, _, _ in Formatter().parse(sentences[code]) if name}
        assert named <= given, code


@pytest.mark.parametrize("room", ROOMS)
def test_a_sentence_is_one_sentence_with_a_way_out(room):
    for code, sentence in json.loads(resource("locale", "sentences", f"{room}.json").read_text("utf-8")).items():
        assert sentence.endswith("."), code
        assert ";" in sentence, code
        assert len(sentence) <= 200, code
