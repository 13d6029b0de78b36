"""The tree of commands: each branch is there, tells what it does, and is built only when it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from gemba.cli.tree import BRANCHES, grown


def leaves(command: Any, path: str) -> Iterator[tuple[str, Any]]:
    """A command with all that is below it."""
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from leaves(below, f"{path} {name}")


@pytest.mark.parametrize("name", BRANCHES)
def test_every_command_of_a_branch_tells_what_it_does(name):
    for path, command in leaves(grown(name), name):
        assert command.help, f"gemba {path} says nothing of itself"


def test_every_command_answers_in_json():
    """But those that only go on until they are stopped, or whose answer is the file that they write."""
    without = {
        path
        for name in BRANCHES
        for path, command in leaves(grown(name), name)
        if not getattr(command, "commands", {}) and "--json" not in {opt for one in command.params for opt in one.opts}
    }
    assert without <= {"hq serve", "hq watch"}


def test_the_help_lists_every_branch(shell):
    said = shell("--help", store=False)
    assert said.code == 0
    listed = {line.split()[0] for line in said.out.partition("Commands:")[2].splitlines() if line.startswith("  ")}
    assert set(BRANCHES) <= listed


def test_a_command_builds_its_own_branch_alone():
    program = (
        "import sys; from gemba.cli.tree import BRANCHES, grown; grown('place');"
        "print(sorted(name for name in BRANCHES if f'gemba.cli.{name}' in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['place']"


@pytest.mark.parametrize(
    ("typed", "meant"), [("goall", "goal"), ("complaints", "complaint"), ("esclation", "escalation")]
)
def test_a_command_that_is_mistyped_is_proposed(shell, typed, meant):
    said = shell(typed, store=False)
    assert said.code == 2
    assert f"Did you mean '{meant}'" in said.err
    assert said.err.rstrip().endswith("See: gemba --help")


def test_a_command_that_is_like_none_is_refused(shell):
    said = shell("zzz", store=False)
    assert said.code == 2
    assert "No such command 'zzz'" in said.err


def loaded_by(*arguments: str) -> set[str]:
    """The modules that a command loads, started as the shell does."""
    program = (
        "import sys; from gemba.app import run; code = run(sys.argv[1:]);"
        "print('loaded', *sys.modules, file=sys.stderr); sys.exit(code)"
    )
    given = {**os.environ, "GEMBA_PASSPHRASE": "for a test"}
    asked = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(asked, capture_output=True, text=True, check=True, env=given)
    return set(done.stderr.splitlines()[-1].split())


def test_help_is_shown_without_what_opens_a_store():
    assert not {"sqlalchemy", "gemba.store", "gemba.forms", "gemba.reports"} & loaded_by("--help")


def test_a_command_on_a_laptop_does_not_load_what_servers_need(tmp_path):
    loaded_by("--store", str(tmp_path / "store"), "place", "list", "--json")  # makes the store
    loaded = loaded_by("--store", str(tmp_path / "store"), "action", "list", "--json")
    assert "sqlalchemy" in loaded
    assert not {"sqlalchemy.dialects.postgresql", "psycopg", "gemba.forms.reading", "gemba.packs.opening"} & loaded
