"""Every failure has a sentence, every sentence a failure, and each sentence names only facts that it is given."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "gemba"
ADDED_ON_THE_WAY = {"forms": {"row", "column"}}
"""Facts that a room adds to its failures further out: the workbook's row and column of an expression."""


def _sentences() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in (ROOT / "resources" / "locale" / "sentences").glob("*.json"):
        for code, sentence in json.loads(file.read_text("utf-8")).items():
            assert code not in found, f"{code} stands twice"
            found[code] = sentence
    return found


def _strings() -> Iterator[tuple[Path, str]]:
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield file, node.value


def _raised() -> Iterator[tuple[str, str, frozenset[str] | None]]:
    """Where, code and names of the facts of each failure that is spelled out (`None`: facts are passed on)."""
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id not in {"Refusal", "Trouble"} or not node.args:
                continue
            names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
            facts = None if any(keyword.arg is None for keyword in node.keywords) else names
            for part in ast.walk(node.args[0]):
                if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.count(".") == 1:
                    yield f"{file.name}:{node.lineno}", part.value, facts


def test_every_code_that_is_raised_has_a_sentence_that_can_be_filled() -> None:
    sentences = _sentences()
    wrong = []
    for where, code, facts in _raised():
        if code.endswith("_"):  # the beginning of a code that is put together
            if not any(known.startswith(code) for known in sentences):
                wrong.append(f"{where}: {code}… has no sentence")
        elif code not in sentences:
            wrong.append(f"{where}: {code} has no sentence")
        elif facts is not None:
            added = ADDED_ON_THE_WAY.get(code.partition(".")[0], set())
            needed = {field.split("!")[0] for _, field, _, _ in Formatter().parse(sentences[code]) if field}
            wrong += [f"{where}: {code} does not give {name}" for name in needed - facts - added]
    assert not wrong, "\n".join(wrong)


def test_every_sentence_is_used() -> None:
    used = {value for _, value in _strings()}
    begun = tuple(value for value in used if value.endswith("_") and value.count(".") == 1)
    unused = [code for code in _sentences() if code not in used and not code.startswith(begun)]
    assert not unused, f"no room says {unused}"


def test_sentences_are_sentences() -> None:
    for code, sentence in _sentences().items():
        assert sentence[0].isupper() or sentence[0] == "{", code
        assert sentence.endswith((".", "…", ")", "}")), code
        assert "Traceback" not in sentence
