"""`gemba audit-pack` as a steward uses it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pyrage
import pytest
from tests.cli.conftest import Shell
from tests.conftest import reopen, ticking_clock
from tests.work.audit_packing import a_photo, walk

from gemba.domain.places import Level
from gemba.store import keys
from gemba.work.places import add_place


@pytest.fixture
def audited(shell: Shell) -> Shell:
    """A store with a walk in one region and one in another."""
    desk = reopen(shell.store, keys.find_key(shell.store, passphrase=None), ticking_clock())
    for region, site in (("Region North", "Harbour branch"), ("Region South", "Station kiosk")):
        above = add_place(desk, region, level=Level.REGION).uid
        walk(desk, add_place(desk, site, parent=above).uid, a_photo())
    desk.store.close()
    return shell


def test_a_region_in_one_open_file(audited: Shell, tmp_path: Path) -> None:
    made = audited.ok(
        "audit-pack", "make", "--quarter", "2026Q1", "--region", "Region North", "--open", "--out", tmp_path / "p.zip"
    )
    assert (made["assessments"], made["evidence"], made["sealed"]) == (1, 1, False)
    assert {"binder.pdf", "completeness.txt", "README.txt"} <= set(zipfile.ZipFile(tmp_path / "p.zip").namelist())
    said = audited("audit-pack", "verify", tmp_path / "p.zip", store=False)
    assert said.code == 0
    assert "Every byte of this audit pack is as device" in said.out
    assert audited.ok("audit-pack", "verify", tmp_path / "p.zip", store=False)["level"] == "whole"


def test_sealed_to_a_key_and_to_a_card(audited: Shell, tmp_path: Path) -> None:
    identity = pyrage.x25519.Identity.generate()
    audited.ok("pack", "card", "--out", tmp_path)
    card = next(tmp_path.glob("*.card"))
    out = tmp_path / "p.zip.age"
    period = ("--from", "2026-01-01", "--until", "2026-03-31")
    said = audited("audit-pack", "make", *period, "--to", str(identity.to_public()), "--to", card, "--out", out)
    assert said.code == 0, said.err
    assert "2 reports" in said.out
    assert pyrage.decrypt(out.read_bytes(), [identity]).startswith(b"PK")
    (tmp_path / "key.txt").write_text(str(identity))
    assert audited("audit-pack", "verify", out, "--identity", tmp_path / "key.txt", store=False).code == 0
    assert audited("audit-pack", "verify", out, store=False).code == 3


def test_the_size_is_told_before(audited: Shell) -> None:
    found = audited.ok("audit-pack", "estimate", "--quarter", "2026Q1", "--budget", "100k")
    assert [one["resolution"] for one in found] == ["original", "screen", "small"]
    assert [one["total"] for one in found] == sorted((one["total"] for one in found), reverse=True)
    assert {one["fits"] for one in found} == {False}
    assert "MB about" in audited("audit-pack", "estimate", "--quarter", "2026Q1").out


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--quarter", "2026Q1"), "Say who may read"),
        (("--open",), "Say which time"),
        (("--open", "--from", "2026-01-01"), "Say which time"),
        (("--open", "--quarter", "2026Q7"), "is no quarter"),
        (("--open", "--quarter", "2026Q1", "--budget", "much"), "is no size"),
        (("--open", "--quarter", "2026Q1", "--budget", "1k"), "more than the 0.001 MB"),
        (("--open", "--quarter", "2026Q1", "--site", "Nowhere"), "no place"),
        (("--open", "--quarter", "2026Q1", "--kind", "wlk"), "wlk"),
        (("--open", "--quarter", "2020Q1"), "No assessment was concluded"),
        (("--to", "age1x", "--quarter", "2026Q1"), "key"),
    ],
)
def test_what_cannot_be_is_one_sentence_with_the_way_out(
    audited: Shell, tmp_path: Path, words: tuple[str, ...], sentence: str
) -> None:
    said = audited("audit-pack", "make", *words, "--out", tmp_path / "p.zip")
    assert said.code == 2
    assert sentence in said.err
    assert said.err.count("\n") == 1
    assert not list(tmp_path.glob("p.zip*"))


def test_a_pack_that_was_changed_is_refused(audited: Shell, tmp_path: Path) -> None:
    audited.ok("audit-pack", "make", "--quarter", "2026Q1", "--open", "--out", tmp_path / "p.zip")
    data = bytearray((tmp_path / "p.zip").read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "p.zip").write_bytes(data)
    said = audited("audit-pack", "verify", tmp_path / "p.zip", store=False)
    assert (said.code, "not as it was signed" in said.err) == (2, True)
    assert audited("audit-pack", "verify", tmp_path / "nothing.zip", store=False).code == 3


def test_what_is_wrong_with_a_pack_is_one_sentence_and_leads_to_whoever_sent_it(audited: Shell, tmp_path: Path) -> None:
    audited.ok("audit-pack", "make", "--quarter", "2026Q1", "--open", "--out", tmp_path / "p.zip")
    key = "age1lggyhqrw2nlhcxprm67z43rta597azn8gknawjehu9d9dl0jq3yqqvfafg"
    audited.ok("audit-pack", "make", "--quarter", "2026Q1", "--to", key, "--out", tmp_path / "p.zip.age")
    open_one, sealed_one = (tmp_path / "p.zip").read_bytes(), (tmp_path / "p.zip.age").read_bytes()
    for data, words in (
        (b"", "only 0 bytes are there"),
        (sealed_one[:1], "only 1 byte is there"),
        (sealed_one[:100], "only 100 bytes are there"),
        (b"some notes", "is no audit pack"),
        (open_one[:-500], "not as it was signed: the pack was altered"),
        (open_one[:5000], "not as it was signed: the pack was altered"),
    ):
        (tmp_path / "cut.zip").write_bytes(data)
        said = audited("audit-pack", "verify", tmp_path / "cut.zip", store=False)
        assert said.code == 2
        assert words in said.err
        assert "cut.zip" in said.err
        assert said.err.endswith("ask whoever sent it for it again.\n")
        assert "outbox" not in said.err
        assert (said.err.count("\n"), said.err.count(". ")) == (1, 0)
