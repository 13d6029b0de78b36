"""What the tree promises to its reader."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "gemba"
ALONE = {"gemba_verify.py"}
"""Files that a stranger carries without the rest of the house, and that are therefore one file however long."""
HEAVY = {
    *("pandas", "reportlab", "pyxform", "openpyxl", "scipy", "alembic", "PIL", "keyring", "numpy"),
    *("sklearn", "py3langid"),
    *("fsspec", "sshfs", "asyncssh", "webdav4", "httpx", "smbclient", "smbprotocol", "s3fs", "botocore"),
}


def _modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def test_no_file_is_a_room_of_its_own() -> None:
    long = {
        str(file.relative_to(ROOT)): lines
        for file in _modules()
        if (lines := len(file.read_text().splitlines())) > 400 and file.name not in ALONE
    }
    assert not long


def test_names_say_what_is_in_a_file() -> None:
    vague = {"utils", "helpers", "manager", "misc", "common", "tools"}
    assert not [file for file in _modules() if file.stem in vague]


def test_heavy_libraries_are_imported_where_they_are_used() -> None:
    wrong = []
    for file in _modules():
        for node in ast.parse(file.read_text("utf-8")).body:
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            wrong += [f"{file.name}: {name}" for name in names if name.split(".")[0] in HEAVY]
    assert not wrong


def test_what_is_read_to_be_shown_is_asked_for_so_that_no_older_answer_comes_last() -> None:
    wrong = []
    for file in sorted((SOURCE / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "errand":
                said = ast.unparse(node.args[0]).rpartition(".")[2].lstrip("_")
                if said.startswith("read") and said != "read_files" and file.name != "media.py":  # what a person gives
                    wrong.append(f"{file.name}:{node.lineno}: {said}")
    assert not wrong, "Jobs.ask shows only the newest answer; Jobs.errand is for deeds"


def test_starting_the_command_line_loads_nothing_heavy() -> None:
    code = "import sys, gemba.app; print(*sorted({m.split('.')[0] for m in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not (HEAVY | {"PySide6"}) & set(done.stdout.split())


def test_every_source_folder_has_its_tests() -> None:
    rooms = {folder.name for folder in SOURCE.iterdir() if folder.is_dir() and (folder / "__init__.py").exists()}
    without = {"methods"}  # empty until the first method comes
    assert not [room for room in rooms - without if not list((ROOT / "tests" / room).rglob("test_*.py"))]


def test_the_lock_file_names_public_sources_only() -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))
    sources = {package["source"].get("registry", "") for package in lock["package"]}
    assert sources <= {"", "https://pypi.org/simple"}
