"""Every command that README, docs and sentences name is there, and takes the options that they give it."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from gemba.cli.program import _UsageError, program
from gemba.cli.tree import BRANCHES, grown

HOUSE = Path(__file__).parents[2]
PAGES = [HOUSE / "README.md", *sorted((HOUSE / "docs").rglob("*.md"))]
HELD_BACK = re.compile(r"…|\.\.\.|\[|──|·")
"""Where a page leaves words out, nothing is said about what is missing."""


def blocks(page: str) -> Iterator[str]:
    """Commands in fenced blocks, one a line; a line that ends with a backslash goes on."""
    for block in re.findall(r"^ *```\w*\n(.*?)^ *```", page, re.DOTALL | re.MULTILINE):
        for line in re.sub(r"\\\n\s*", " ", block).splitlines():
            if found := re.match(
                r"\s*(?:\w+=(?:\"[^\"]*\"|'[^']*'|\S+)\s+)*(?:\S+ -m uv run [^#]*? )?(gemba .*)", line
            ):
                yield re.split(r"\s{3,}", found[1])[0]  # behind it stands what it does


def mentions(page: str) -> Iterator[str]:
    """Commands that are named in a sentence or table."""
    prose = re.sub(r"^ *```.*?^ *```", "", page, flags=re.DOTALL | re.MULTILINE)
    for words in re.findall(r"`(?:\w+=\S+ )?(gemba [^`]*)`", prose):
        yield words.replace("\\|", "|").replace("[", " ").replace("]", " ")


def split(words: str) -> list[str]:
    """The words of a command line without `gemba`, its comment, and what a shell does with its output."""
    lexer = shlex.shlex(words, posix=True, punctuation_chars="")
    lexer.whitespace_split, lexer.commenters = True, "#"
    parts = list(lexer)[1:]
    ends = [number for number, part in enumerate(parts) if part in {"|", ">", "&&"}]
    return parts[: ends[0]] if ends else parts


def options(command: Any) -> dict[str, Any]:
    return {spelled: one for one in command.params for spelled in (*one.opts, *one.secondary_opts)} | {"--help": None}


def commands_of(parts: list[str]) -> list[tuple[Any, str, list[str]]]:
    """What the words lead to: command, its path, the words that are left; one for each way of `a|b`.

    Raises:
        LookupError: there is no such command or option.
    """
    while parts and parts[0].startswith("-"):  # options of the whole program, such as --person NAME
        known = options(typer.main.get_command(program))
        if parts[0] not in known:
            raise LookupError(f"gemba has no {parts[0]}")
        parts = parts[1 if known[parts[0]] is None or getattr(known[parts[0]], "is_flag", False) else 2 :]
    if not parts or HELD_BACK.search(parts[0]):
        return []
    if parts[0] not in BRANCHES:
        raise LookupError(f"gemba has no command {parts[0]}")
    return list(_below(grown(parts[0]), parts[0], parts[1:]))


def _below(command: Any, path: str, rest: list[str]) -> Iterator[tuple[Any, str, list[str]]]:
    below = getattr(command, "commands", {})
    if not below or not rest or HELD_BACK.search(rest[0]) or rest[0].startswith("-"):
        yield command, path, rest
        return
    for name in rest[0].split("|"):
        if name in below:
            yield from _below(below[name], f"{path} {name}", rest[1:])
        elif "to" in below:  # `gemba backup FILE` stands for `gemba backup to FILE`
            yield below["to"], path, rest
        else:
            raise LookupError(f"gemba {path} has no command {name}")


def faults(words: str, *, whole: bool) -> Iterator[str]:
    """What is wrong with a command; `whole` when it is written to be typed as it stands."""
    try:
        found = commands_of(split(words))
    except LookupError as error:
        yield str(error)
        return
    for command, path, rest in found:
        for part in rest:
            for spelled in part.split("|"):
                if re.fullmatch(r"--[a-z][a-z-]*", spelled) and spelled not in options(command):
                    yield f"gemba {path} has no {spelled}"
        if whole and not getattr(command, "commands", {}) and not HELD_BACK.search(words):
            yield from _refused(command, path, rest)


def _refused(command: Any, path: str, rest: list[str]) -> Iterator[str]:
    try:
        with command.make_context(path, list(rest)):
            pass
    except _UsageError as error:
        yield f"gemba {path}: {error.format_message()}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(HOUSE)))
def test_what_a_page_tells_to_type_is_understood(page, monkeypatch):
    monkeypatch.setenv("GEMBA_HQ_STORE", "HQ")  # as the page about headquarters says at its beginning
    said = page.read_text("utf-8")
    wrong = [(words, fault) for words in blocks(said) for fault in faults(words, whole=True)]
    wrong += [(words, fault) for words in mentions(said) for fault in faults(words, whole=False)]
    assert wrong == []


def test_commands_in_sentences_are_there():
    """In brackets stands what to type; elsewhere a sentence goes on behind it, and only the first word is sure."""
    wrong = []
    for file in sorted((HOUSE / "resources/locale/sentences").glob("*.json")):
        for code, said in json.loads(file.read_text("utf-8")).items():
            for words in re.findall(r"\((gemba [^()]*)\)", re.sub(r"\{(\w+)\}", r"\1", said)):
                wrong += [(code, fault) for fault in faults(words.replace(",", " …"), whole=False)]
            wrong += [(code, word) for word in re.findall(r"\bgemba ([a-z][a-z-]*)", said) if word not in BRANCHES]
    assert wrong == []


@pytest.mark.parametrize(
    "words",
    ["gemba sned", "gemba pack seel", "gemba pack seal --uot X", "gemba carrier add", "gemba --persom Ana check"],
)
def test_the_reader_of_pages_sees_what_is_not_there(words):
    assert list(faults(words, whole=True))


def test_the_reader_of_pages_finds_commands():
    assert sum(len([*blocks(said), *mentions(said)]) for said in (page.read_text("utf-8") for page in PAGES)) > 350
