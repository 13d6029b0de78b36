"""A wheel brings everything with it: installed outside the checkout it tells the whole story."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a built wheel was unpacked into."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = os.environ.get("UV") or shutil.which("uv")
    build = [uv] if uv else [sys.executable, "-m", "uv"]
    subprocess.run([*build, "build", "--wheel", "--out-dir", folder, ROOT], check=True, capture_output=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(installed)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )


def test_a_wheel_outside_the_checkout_runs_the_demonstration(installed: Path, tmp_path: Path) -> None:
    where = run(installed, tmp_path, "-c", "import gemba.shipped as s; print(s.migrations(), s.resource('fonts'))")
    assert where.stdout.count(str(installed)) == 2, where.stderr
    done = run(installed, tmp_path, "-m", "gemba", "demo", "made", "--json")
    assert done.returncode == 0, done.stderr
    made = json.loads(done.stdout)
    assert made["problems"] == 0
    assert (tmp_path / made["report"]).stat().st_size > 10_000
