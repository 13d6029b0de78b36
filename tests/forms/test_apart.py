"""A workbook is looked through by another process, and stands in no file that has a name meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.errors import Refusal
from gemba.forms.apart import inspect_apart
from gemba.forms.inspecting import inspect
from gemba.shipped import resource


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def test_it_finds_what_is_found_in_one_process(temporary: Path) -> None:
    workbook = resource("templates", "5s-area-audit.xlsx").read_bytes()
    seen: set[str] = set()

    def stage(_words: str) -> None:
        seen.update(one.name for one in temporary.rglob("*") if one.is_file())

    found = inspect_apart(workbook, "walk.xlsx", stage=stage)
    assert found == inspect(workbook, "walk.xlsx")
    assert seen <= {"stage", "next"}
    assert not list(temporary.iterdir())


def test_what_it_refuses_is_refused_here(temporary: Path) -> None:
    with pytest.raises(Refusal) as apart:
        inspect_apart(b"no workbook", "walk.xlsx")
    with pytest.raises(Refusal) as here:
        inspect(b"no workbook", "walk.xlsx")
    assert apart.value.code == here.value.code


def test_called_off_it_ends(temporary: Path) -> None:
    class Enough(Exception):
        pass

    def stage(_words: str) -> None:
        raise Enough

    with pytest.raises(Enough):
        inspect_apart(resource("templates", "5s-area-audit.xlsx").read_bytes(), "walk.xlsx", stage=stage)
    assert not list(temporary.iterdir())
