"""`gemba pack`: sealing for small sticks, telling how far all has come, unpacking for people."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.conftest import Shell


def test_packs_are_sealed_in_volumes_told_and_unpacked(shell: Shell, tmp_path: Path) -> None:
    shell.ok("take-in", shell.ok("hq", "init", "--store", tmp_path / "hq", store=False)["file"])
    assert shell("pack", "seal", "--volume", "lots").code == 2
    assert shell("pack", "seal", "--volume", "10kB").code == 2
    before = shell.ok("pack", "status")
    assert before["packs"] == []
    assert before["unsealed"] > 0
    sealed = shell.ok("pack", "seal", "--volume", "100MB")
    assert [pack["state"] for pack in sealed["packs"]] == ["sealed"]
    told = shell.ok("pack", "status")
    assert (told["unsealed"], told["packs"][0]["in_outbox"]) == (0, True)
    assert "sealed" in shell("pack", "status").out
    out = tmp_path / "out"
    unpacked = shell.ok("pack", "open", sealed["file"], "--out", str(out))
    assert unpacked["records"] > 0
    assert json.loads((out / "records" / "template.json").read_text("utf-8"))
    assert (out / "documents" / "summary.txt").is_file()
    assert shell("pack", "open", sealed["file"], "--out", str(out)).code == 2
    assert shell("pack", "open", sealed["file"], "--out", str(tmp_path / "more"), store=False).code == 2


def test_headquarters_opens_and_checks_what_laptops_seal_to_it(shell: Shell, tmp_path: Path) -> None:
    hq = tmp_path / "hq"
    shell.ok("take-in", shell.ok("hq", "init", "--store", hq, store=False)["file"])
    file = shell.ok("pack", "seal")["file"]
    shell.ok("key", "rotate", "--store", hq, store=False)
    unpacked = shell.ok("pack", "open", file, "--out", tmp_path / "out", "--store", hq, store=False)
    assert unpacked["records"] > 0
    assert shell.ok("pack", "verify", file, "--store", hq, store=False)["level"] == "whole"


def test_a_card_may_say_what_others_shall_call_this_laptop(shell: Shell, tmp_path: Path) -> None:
    written = shell.ok("pack", "card", "--out", tmp_path, "--name", "Harbour laptop")
    assert written["name"] == "Harbour laptop"


def test_what_waits_before_the_first_pack_is_called_by_its_name(shell: Shell) -> None:
    told = shell("pack", "status").out
    assert ".xlsx" in told
    assert not re.search(r"^\S*\s+\S+\s+[0-9a-f]{12}\s*$", told, re.MULTILINE)


def test_packs_are_found_by_hash_and_state(shell: Shell, tmp_path: Path) -> None:
    shell.ok("take-in", shell.ok("hq", "init", "--store", tmp_path / "hq", store=False)["file"])
    sha256 = shell.ok("pack", "seal")["sha256"]
    assert [pack["sha256"] for pack in shell.ok("pack", "list", "--search", sha256[3:12])] == [sha256]
    assert shell.ok("pack", "list", "--search", sha256[::-1]) == []
    assert len(shell.ok("pack", "list", "--state", "sealed")) == 1
    assert shell.ok("pack", "list", "--state", "held") == []
    refused = shell("pack", "list", "--state", "lost")
    assert refused.code == 2
    assert "sealed, sent, held" in refused.err
