"""The command line as a person uses it: arguments in, exit code and two streams out."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.conftest import Clock, new_uid

from gemba.cli.program import run
from gemba.cli.world import World


@dataclass
class Said:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


class Shell:
    """Runs commands on one store."""

    def __init__(self, store: Path, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        self.store = store
        self._world = world
        self._capsys = capsys

    def __call__(self, *arguments: str | Path, store: bool = True) -> Said:
        self._capsys.readouterr()
        where = ["--store", str(self.store)] if store else []
        code = run([*where, *map(str, arguments)], self._world)
        captured = self._capsys.readouterr()
        return Said(code, captured.out, captured.err)

    def ok(self, *arguments: str | Path, store: bool = True) -> Any:
        """The JSON answer of a command that must do well."""
        said = self(*arguments, "--json", store=store)
        assert said.code == 0, said.err
        return said.json


@pytest.fixture(autouse=True)
def own_cache_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test finds what another looked through, nor what whoever runs them has."""
    monkeypatch.setattr("gemba.cli.template.own_cache", lambda: tmp_path / "cache")


@pytest.fixture
def shell(
    prepared_store: tuple[Path, bytes], tmp_path: Path, ticking: Clock, capsys: pytest.CaptureFixture[str]
) -> Shell:
    folder = tmp_path / "store"
    shutil.copytree(prepared_store[0], folder)
    world = World(
        clock=ticking, ids=new_uid, passphrase="a passphrase", window=lambda _: 0, tour=lambda _desk, _out: []
    )
    return Shell(folder, world, capsys)
