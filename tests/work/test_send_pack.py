"""What goes wrong on the way to headquarters, and what is said of it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.conftest import Clock, new_uid, reopen

from gemba.domain.assessments import Custody
from gemba.domain.evidence import Evidence
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store import backing_up, restoring
from gemba.store.lists import ASSESSMENTS
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal, send
from gemba.work.take_in import take_in


@pytest.fixture
def hq(tmp_path: Path, ticking: Clock, desk: Desk) -> Iterator[Desk]:
    card = found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True).file
    take_in(desk, card)
    found_desk = open_desk(tmp_path / "hq", clock=ticking, ids=new_uid)
    yield found_desk
    found_desk.store.close()


def custody(desk: Desk, uid: str) -> Custody:
    with desk.reader() as reader:
        return ASSESSMENTS.lines(reader, [ASSESSMENTS.key(reader, uid)])[0].custody


def test_a_receipt_that_came_to_a_copy_turns_nothing_green_there(
    desk: Desk, hq: Desk, audit: str, place: str, tmp_path: Path, ticking: Clock
) -> None:
    desk.store.close()
    copy_folder = tmp_path / "copy"
    shutil.copytree(desk.store.folder, copy_folder)
    original = reopen(desk.store.folder, desk.store.key, ticking)
    copy = reopen(copy_folder, desk.store.key, ticking)
    for number in range(5):
        add_place(original, f"Branch {number}")
    receipt = intake.take_in(hq, seal(original)[-1].file, tmp_path).receipt
    conduct.note(copy, audit, "/data/x", "never sent")
    with pytest.raises(Refusal, match=r"work\.receipt_for_unknown_pack"):
        take_in(copy, receipt)
    assert custody(copy, audit) is Custody.HERE
    assert seal(copy)[-1].operations > 0
    original.store.close()
    copy.store.close()


def test_a_photo_that_headquarters_lost_is_sent_again(
    desk: Desk, hq: Desk, audit: str, queue_photo: bytes, tmp_path: Path
) -> None:
    attach(desk, audit, queue_photo, "queue.jpg")
    [first] = seal(desk)
    take_in(desk, intake.take_in(hq, first.file, tmp_path).receipt)
    assert custody(desk, audit) is Custody.HELD
    with desk.reader() as reader:
        sha256 = reader.find(Evidence)[0].sha256
    next((hq.store.folder / "evidence").rglob(f"{sha256}*")).unlink()
    conduct.note(desk, audit, "/data/x", "one more word")
    attach(desk, audit, queue_photo, "the same again.jpg")
    [second] = seal(desk)
    taken = intake.take_in(hq, second.file, tmp_path)
    assert taken.missing == (sha256,)
    take_in(desk, taken.receipt)
    assert custody(desk, audit) is not Custody.HELD
    [third] = seal(desk)
    assert third.blobs == 1
    take_in(desk, intake.take_in(hq, third.file, tmp_path).receipt)
    assert custody(desk, audit) is Custody.HELD


def test_a_photo_that_is_lost_here_does_not_hold_up_the_rest(
    desk: Desk, hq: Desk, audit: str, queue_photo: bytes, tmp_path: Path
) -> None:
    attach(desk, audit, queue_photo, "queue.jpg")
    with desk.reader() as reader:
        sha256 = reader.find(Evidence)[0].sha256
    next((desk.store.folder / "evidence").rglob(f"{sha256}*")).unlink()
    [pack] = seal(desk)
    assert pack.missing == (sha256,)
    take_in(desk, intake.take_in(hq, pack.file, tmp_path).receipt)
    assert custody(desk, audit) is not Custody.HELD


def test_a_pack_that_was_damaged_in_the_outbox_is_sealed_anew(desk: Desk, hq: Desk, audit: str, tmp_path: Path) -> None:
    [pack] = seal(desk)
    pack.file.write_bytes(pack.file.read_bytes()[:-1] + b"x")
    with pytest.raises(Refusal, match=r"work\.pack_gone"):
        send(desk, pack.sha256, tmp_path)
    [again] = seal(desk)
    assert again.sha256 != pack.sha256
    assert intake.take_in(hq, again.file, tmp_path).new


def test_after_a_restore_each_epoch_is_sealed(
    desk: Desk, hq: Desk, audit: str, place: str, tmp_path: Path, ticking: Clock
) -> None:
    backing_up.back_up(desk.store, tmp_path / "store.backup")
    desk.store.close()
    restoring.restore(tmp_path / "store.backup", tmp_path / "restored")
    restored = reopen(tmp_path / "restored", desk.store.key, ticking)
    conduct.note(restored, audit, "/data/x", "after the restore")
    packs = seal(restored)
    assert len(packs) == 2
    for pack in packs:
        take_in(restored, intake.take_in(hq, pack.file, tmp_path).receipt)
    assert custody(restored, audit) is Custody.HELD
    restored.store.close()


def test_headquarters_does_not_sign_for_what_it_cannot_read(
    desk: Desk, hq: Desk, audit: str, queue_photo: bytes, tmp_path: Path
) -> None:
    attach(desk, audit, queue_photo, "queue.jpg")
    with desk.reader() as reader:
        sha256 = reader.find(Evidence)[0].sha256
    broken = hq.store.folder / "evidence" / sha256[:2] / f"{sha256}.age"
    broken.parent.mkdir(parents=True, exist_ok=True)
    broken.touch()
    taken = intake.take_in(hq, seal(desk)[-1].file, tmp_path)
    assert taken.missing == ()
    assert hq.store.evidence.read(sha256) == queue_photo
