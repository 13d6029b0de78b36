from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gemba import app
from gemba.errors import Trouble
from gemba.folders import own_store
from gemba.ui import needs

SOMEWHERE = Path("somewhere")


@pytest.mark.parametrize(
    ("arguments", "folder"),
    [
        ([], own_store()),
        (["--store", "somewhere"], SOMEWHERE),
        (["--store=somewhere"], SOMEWHERE),
        (["--help"], None),
        (["assess", "list"], None),
        (["--store", "--help"], None),
        (["--store", "somewhere", "check"], None),
    ],
)
def test_the_window_is_asked_for_by_naming_no_command(
    arguments: list[str], folder: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GEMBA_STORE", raising=False)
    assert app.window_wanted(arguments) == folder


def test_the_window_is_on_the_way_before_anything_heavy_is_loaded() -> None:
    code = "import sys, gemba.app; gemba.app.window_wanted([]); print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "typer", "pyxform", "reportlab", "PySide6"} & set(done.stdout.split())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems bring Qt's libraries with them")
def test_missing_system_libraries_are_named_with_the_line_that_installs_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(needs._DRAWING, "libnowhere.so.9", "libnowhere9")
    with pytest.raises(Trouble) as trouble:
        needs.check_libraries()
    assert trouble.value.facts == {"packages": "libnowhere9"}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a screen")
def test_without_a_screen_there_is_one_sentence_and_a_way_out(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    done = subprocess.run(
        [sys.executable, "-m", "gemba", "--store", tmp_path / "store"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 3
    assert len(done.stderr.strip().splitlines()) == 1
    assert "gemba demo" in done.stderr
    assert list(tmp_path.iterdir()) == []
