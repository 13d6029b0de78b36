from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Shell
from tests.conftest import new_uid, ticking_clock
from tests.hq.conftest import sealed, walk

from gemba.hq.founding import found
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.take_in import take_in


def prepared(shell: Shell, tmp_path: Path, photo: bytes) -> tuple[Path, Path]:
    """Headquarters' folder, and a stick with a pack of this laptop on it."""
    hq, stick = tmp_path / "hq", tmp_path / "stick"
    stick.mkdir()
    found(hq, clock=ticking_clock(), ids=new_uid, name="Meridian", demo=True)
    shell.ok("take-in", hq / "headquarters.card")
    desk = open_desk(shell.store, clock=ticking_clock(), ids=new_uid)
    walk(desk, photo)
    shutil.copy(sealed(desk)[0], stick)
    desk.store.close()
    return hq, stick


def test_a_folder_of_packs_is_taken_in_and_a_folder_of_answers_too(
    shell: Shell, tmp_path: Path, queue_photo: bytes
) -> None:
    hq, stick = prepared(shell, tmp_path, queue_photo)
    (stick / "half.gemba").write_bytes(next(stick.glob("*.gemba")).read_bytes()[:1000])
    said = shell("--store", hq, "take-in", stick, "--json", store=False)
    assert said.code == 2
    assert "1 file was taken in and 1 refused" in said.err
    taking = said.json
    assert [one["new"] for one in taking["taken"]] == [True]
    assert [name for name, _ in taking["refused"]] == ["half.gemba"]
    (stick / "half.gemba").unlink()
    next(stick.glob("*.gemba")).unlink()
    answers = shell.ok("take-in", stick)
    assert [one["what"] for one in answers["taken"].values()] == ["receipt"]
    assert answers["refused"] == {}


def test_one_pack_at_headquarters_is_refused_with_its_own_sentence(
    shell: Shell, tmp_path: Path, queue_photo: bytes
) -> None:
    hq, stick = prepared(shell, tmp_path, queue_photo)
    pack = next(stick.glob("*.gemba"))
    assert shell("hq", "take-in", pack, "--store", hq, store=False).code == 0
    half = stick / "half.gemba"
    half.write_bytes(pack.read_bytes()[:2000])
    said = shell("--store", hq, "take-in", half, store=False)
    assert said.code == 2
    assert "cut short" in said.err


def test_an_empty_folder_is_refused(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = shell("take-in", tmp_path / "empty")
    assert said.code == 2
    assert "nothing" in said.err


def test_what_this_laptop_made_itself_is_passed_over(shell: Shell, tmp_path: Path, queue_photo: bytes) -> None:
    """Its stick comes back as it went."""
    _, stick = prepared(shell, tmp_path, queue_photo)
    pack = next(stick.glob("*.gemba")).name
    shell.ok("pack", "card", "--out", stick)
    said = shell("take-in", stick)
    assert said.code == 0
    assert said.out.count("this laptop made it itself") == 2
    facts = shell.ok("take-in", stick)
    assert pack in facts["own"]
    assert (facts["taken"], facts["refused"]) == ({}, {})


def test_what_is_for_others_or_old_is_passed_over_and_what_is_damaged_is_not(
    shell: Shell, tmp_path: Path, queue_photo: bytes
) -> None:
    hq, stick = prepared(shell, tmp_path, queue_photo)
    at, down = ("--store", hq), tmp_path / "down"
    down.mkdir()
    ben = make_desk(tmp_path / "ben", clock=ticking_clock(), ids=new_uid, demo=True, person_name="Ben Bell")
    take_in(ben, hq / "headquarters.card")
    walk(ben, queue_photo)
    shutil.copy(sealed(ben)[0], stick)
    ben.store.close()
    shell.ok("hq", "take-in", stick, *at, "--out", down, store=False)
    for number in (1, 2):
        shell.ok("place", "add", f"Region {number}", *at, store=False)
        made = shell.ok("hq", "publish", *at, "--out", tmp_path / f"{number}", store=False)["file"]
        shutil.copy(made, down / f"{9 - number}.publication")
    said = shell("take-in", down)
    assert (said.code, said.err) == (0, "")
    assert "1 file is for somebody else and was passed over." in said.out
    assert "1 publication was passed over: a newer one is held." in said.out
    facts = shell.ok("take-in", down)
    assert (len(facts["taken"]), len(facts["others"]), facts["superseded"]) == (2, 1, ["8.publication"])
    facts = shell.ok("take-in", stick)
    assert (len(facts["own"]), len(facts["others"]), facts["taken"], facts["refused"]) == (1, 1, {}, {})
    (down / "0.publication").write_bytes((down / "8.publication").read_bytes()[:500])
    said = shell("take-in", down)
    assert said.code == 2
    assert "2 files were taken in and 1 refused" in said.err
