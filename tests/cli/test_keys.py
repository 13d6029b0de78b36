"""`gemba key`, `hq publish`, `hq revoke`, `hq quarantine`, `pack share`: each with words and with JSON."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.cli.conftest import Shell


@pytest.fixture
def hq(shell: Shell, tmp_path: Path) -> Path:
    kept = tmp_path / "kept"
    made = shell.ok(
        "hq", "init", "--store", tmp_path / "hq", "--name", "Meridian", "--recovery-key", kept / "r.txt",
        "--root-keys", kept / "roots", store=False,
    )  # fmt: skip
    assert made["name"] == "Meridian"
    shell.ok("take-in", tmp_path / "hq" / "headquarters.card")
    return tmp_path / "hq"


def at(shell: Shell, hq: Path, *arguments: str | Path) -> object:
    return shell.ok(*arguments, "--store", hq, store=False)


def test_a_laptop_is_enrolled_published_to_and_revoked(shell: Shell, hq: Path, tmp_path: Path) -> None:
    card = shell.ok("pack", "card", "--out", tmp_path)
    wrong = shell("key", "enrol", card["file"], "--words", "these are not the words", "--store", hq, store=False)
    assert wrong.code == 2
    assert "These are not the words" in wrong.err
    true = set(card["fingerprint"].split())
    assert not set(re.findall(r"\w+", wrong.out + wrong.err)) & true
    told = shell("hq", "enrol", card["file"], "--words", "others", "--store", hq, "--json", store=False)
    assert (told.code, told.out) == (2, "")
    assert not set(re.findall(r"\w+", told.err)) & true
    enrolled = at(shell, hq, "key", "enrol", card["file"], "--words", card["fingerprint"])
    assert enrolled["certified"]
    shell.ok("place", "add", "Harbour branch")
    pack = shell.ok("pack", "seal")
    at(shell, hq, "hq", "take-in", pack["file"], "--out", tmp_path)
    published = at(shell, hq, "hq", "publish", "--out", tmp_path / "down")
    assert (published["version"], published["laptops"]) == (1, 1)
    assert shell.ok("take-in", published["file"])["what"] == "publication"
    assert shell.ok("pack", "list")[0]["state"] == "held"
    shown = at(shell, hq, "key", "show")
    assert [one["use"] for one in shown["keys"]].count("recovery") == 1
    assert shown["known"][0]["certified_at"]
    assert "SECRET" not in str(shown)
    at(shell, hq, "hq", "revoke", enrolled["device"][:10])
    shell.ok("place", "add", "Stolen branch")
    late = shell.ok("pack", "seal")
    assert shell("hq", "take-in", late["file"], "--out", tmp_path, "--store", hq, store=False).code == 2
    [waiting] = at(shell, hq, "hq", "quarantine", "list")
    assert waiting["why"] == "revoked"
    assert "Revoked" in shell("hq", "status", "--store", hq, store=False).out
    at(shell, hq, "hq", "quarantine", "set-aside", waiting["sha256"])
    assert at(shell, hq, "hq", "quarantine", "list") == []
    at(shell, hq, "hq", "revoke", enrolled["device"], "--undo")
    assert at(shell, hq, "hq", "quarantine", "take-in", waiting["sha256"], "--out", tmp_path)["operations"] == 1
    folder = at(shell, hq, "hq", "publish", "--out", tmp_path / "share", "--folder")
    assert shell.ok("take-in", folder["file"])["what"] == "publication"
    assert "Publication 2" in shell("key", "show").out
    at(shell, hq, "key", "rotate")
    newer = at(shell, hq, "hq", "publish", "--out", tmp_path / "share")
    both = shell.ok("take-in", tmp_path / "share")
    assert set(both["taken"]) == {newer["file"].rpartition("/")[2]}
    assert both["superseded"] == ["share"], "the folder is the publication before, which the newer one repeats"
    assert "Publication 3" in shell("key", "show").out


def test_keys_rotate_and_are_forgotten(shell: Shell, hq: Path) -> None:
    rotated = at(shell, hq, "key", "rotate")
    assert len(rotated["past"]) == 1
    assert at(shell, hq, "key", "rotate", "--forget-before", "2099-01-01")["forgotten"] == rotated["past"]
    assert shell("key", "rotate", "--forget-before", "soon", "--store", hq, store=False).code == 2
    assert shell("key", "rotate", "--first", "--store", hq, store=False).code == 2
    assert shell("key", "rotate").code == 2


def test_a_lost_key_comes_back_by_file_and_words(shell: Shell, hq: Path, tmp_path: Path) -> None:
    shell.ok("place", "add", "Harbour branch")
    pack = shell.ok("pack", "seal")
    asked = ["key", "recover", "--pack", pack["file"], "--recovery-key", tmp_path / "kept" / "r.txt", "--out"]
    written = at(shell, hq, *asked, tmp_path / "laptop.key")
    before = (tmp_path / "laptop.key").read_bytes()
    over = shell(*asked, tmp_path / "laptop.key", "--store", hq, store=False)
    assert (over.code, "another laptop" in over.err) == (2, True)
    assert (tmp_path / "laptop.key").read_bytes() == before
    (shell.store / "keys.json").unlink()
    assert shell("place", "list").code == 3
    wrong = shell("key", "recover", "--with", written["file"], "--words", "no")
    assert wrong.code == 2
    assert "words do not open laptop.key" in wrong.err
    shell.ok("key", "recover", "--with", written["file"], "--words", written["passphrase"].upper())
    assert shell("check").code == 0
    assert shell("key", "recover").code == 2


def test_headquarters_is_founded_anew(shell: Shell, hq: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    anew = ["hq", "init", "--store", tmp_path / "hq2", "--recover", hq / "headquarters.card"]
    assert shell(*anew, store=False).code == 2
    shell.ok(*anew, "--recovery-key", kept / "r.txt", "--root-keys", kept / "roots", store=False)
    published = at(shell, tmp_path / "hq2", "hq", "publish", "--out", tmp_path)
    assert "new key" in shell.ok("take-in", published["file"])["words"]


def test_sharing_asks_for_an_enrolled_laptop(shell: Shell, hq: Path, tmp_path: Path) -> None:
    assert shell("pack", "share", "--assessment", "nope", "--with", "Ben", "--out", tmp_path).code == 2
