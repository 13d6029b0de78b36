"""Several packs at once: what is said of those that are new, here already, and refused."""

from __future__ import annotations

from pathlib import Path

from gemba.hq.taking import take_in_all
from gemba.work.desk import Desk


def test_each_outcome_has_a_sentence_of_its_own(hq: Desk, pack: Path, tmp_path: Path) -> None:
    noise = tmp_path / "noise.gemba"
    noise.write_bytes(b"noise")
    out = tmp_path / "out"
    none = take_in_all(hq, [noise], out).words.splitlines()
    assert none[0] == "No pack was taken in."
    assert none[1].startswith("noise.gemba: ")
    assert take_in_all(hq, [pack], out).words == f"1 pack was taken in. The receipts are in {out}."
    again = take_in_all(hq, [pack, pack], out).words
    assert again == f"Nothing is new: 2 packs were here already. The receipts are in {out}."
