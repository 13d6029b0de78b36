"""What stands in docs/headquarters.md and docs/deployment/ can be run as it stands."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.conftest import new_uid, ticking_clock

from gemba.cli.program import run
from gemba.cli.world import World

ROOT = Path(__file__).parents[2]
DEPLOYMENT = ROOT / "docs" / "deployment"
UNITS = sorted(DEPLOYMENT.glob("*.service"))
HANDBOOK = ROOT / "docs" / "headquarters.md"


def is_understood(words: list[str], capsys: pytest.CaptureFixture[str]) -> bool:
    """True when the program knows the command and every option; nothing is done."""
    world = World(clock=ticking_clock(), ids=new_uid, passphrase=None, window=lambda _: 0, tour=lambda *_: [])
    code = run([*words, "--help"], world)
    told = capsys.readouterr()
    assert code == 0, f"{words}: {told.err}"
    return "Usage: gemba" in told.out


def unit(file: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(file, "utf-8")
    return parser


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_units_run_commands_that_exist(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    program, *words = shlex.split(unit(file)["Service"]["ExecStart"])
    assert program == "/opt/gemba/bin/gemba"
    assert is_understood(words, capsys)


@pytest.mark.parametrize("file", UNITS, ids=lambda file: file.stem)
def test_systemd_finds_nothing_wrong_with_the_units(file: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("needs Debian's package systemd")
    copy = tmp_path / file.name  # the program does not lie in /opt on this computer
    copy.write_text(file.read_text("utf-8").replace("/opt/gemba/bin/gemba", sys.executable), "utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(copy)], capture_output=True, text=True, check=False
    )
    assert (told.returncode, [line for line in told.stderr.splitlines() if file.name in line]) == (0, []), told.stderr


def composed() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text("utf-8"))
    return found


@pytest.mark.parametrize("name", ["watch", "serve"])
def test_containers_run_commands_that_exist(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_understood(composed()["services"][name]["command"], capsys)


def test_containers_hold_no_secrets_and_are_reached_on_this_computer_only() -> None:
    services = composed()["services"]
    assert services["serve"]["ports"] == ["127.0.0.1:8420:8420"]
    assert "ports" not in services["database"]
    for service in services.values():
        for name, value in service.get("environment", {}).items():
            if "PASS" in name:
                assert re.fullmatch(r"\$\{[A-Z_]+:\?\}", value), name
    built = services["watch"]["build"]
    assert (DEPLOYMENT / built["context"]).resolve() == ROOT
    assert (ROOT / built["dockerfile"]).is_file()


def test_the_container_installs_extras_that_exist() -> None:
    import tomllib

    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    for file in (DEPLOYMENT / "Containerfile", HANDBOOK):
        for named in re.findall(r"(?:\.|gemba)\[([a-z,]+)\]'", file.read_text("utf-8")):
            assert set(named.split(",")) <= set(extras)


def commands() -> list[str]:
    """The lines of examples that begin with the program's name."""
    blocks = re.findall(r"```\n(.*?)```", HANDBOOK.read_text("utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("gemba ")]
    return [line.partition("#")[0].strip() for line in lines]


@pytest.mark.parametrize("line", commands())
def test_examples_of_the_handbook_exist(line: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert is_understood(shlex.split(line)[1:], capsys)


def test_options_named_in_the_handbook_exist(capsys: pytest.CaptureFixture[str]) -> None:
    shown = ""
    for words in (["watch"], ["serve"], ["status"], ["init"], ["take-in"], ["database"], ["steward", "add"]):
        is_understood(["hq", *words], capsys)
        world = World(clock=ticking_clock(), ids=new_uid, passphrase=None, window=lambda _: 0, tour=lambda *_: [])
        run(["hq", *words, "--help"], world)
        shown += capsys.readouterr().out
    named = set(re.findall(r"`(--[a-z-]+)", HANDBOOK.read_text("utf-8")))
    assert {option for option in named if option not in shown} == set()
