"""Headquarters takes a pack in on a disk that becomes full anywhere on the way: all of the pack is there, or nothing.

Each run has a little more room than the one before, so that every write of the way meets a full disk at some time;
then a person makes room, and the same pack is taken in again.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.faults.scene import BASE, Scene, now, uid
from tests.faults.shaky import Tally, small_disk

from gemba.domain.assessments import Answer
from gemba.errors import GembaError
from gemba.hq import intake
from gemba.store.checking import check
from gemba.store.opening import Store
from gemba.wording import sentence
from gemba.work.open_desk import open_desk

_OTHERS = 4_000_000
"""Bytes at least that are not the store's, and that a person can take away."""


def fill_while_merging(scene: Scene, work: Path, rooms: range) -> Tally:
    """Take the pack in with so many bytes of room each time."""
    tally = Tally()
    pack = next(scene.folder.glob("*.gemba"))
    used = sum(file.stat().st_size for file in scene.store("hq").rglob("*") if file.is_file())
    for room in rooms:
        with small_disk(work / "small", 2 * used + max(rooms) + _OTHERS) as disk:
            shutil.copytree(scene.store("hq"), disk / "store")
            free = os.statvfs(disk)
            (disk / "others").write_bytes(bytes(free.f_bavail * free.f_frsize - room))
            _take_in(disk, pack, scene, tally, room)
        tally.runs += 1
    return tally


def _take_in(disk: Path, pack: Path, scene: Scene, tally: Tally, room: int) -> None:
    out = disk / "out"
    out.mkdir()
    was_told = ""
    try:
        desk = open_desk(disk / "store", clock=now, ids=uid)
    except GembaError as error:
        tally.told += 1
        was_told = sentence(error)
    else:
        try:
            intake.take_in(desk, pack, out)
        except GembaError as error:
            tally.told += 1
            was_told = sentence(error)
            _look(desk.store, tally, f"with {room} bytes of room", whole=False)
        finally:
            desk.store.close()
    (disk / "others").unlink()  # a person makes room
    desk = open_desk(disk / "store", clock=now, ids=uid)
    try:
        if was_told:
            intake.take_in(desk, pack, out)
        _look(desk.store, tally, f"after {room} bytes of room and more", whole=True)
        tally.acknowledged += 1
        if not desk.store.evidence.verify(scene.photo):
            tally.lost += 1
            tally.stories.append(f"the photo is lost after {room} bytes of room")
    except GembaError as error:
        tally.stuck += 1
        tally.stories.append(f"with room again: {error}")
    finally:
        desk.store.close()
    left = [str(one) for one in (disk / "store").rglob("*.part")]
    if left:
        tally.stories.append(f"left behind: {left}")


def _look(store: Store, tally: Tally, when: str, *, whole: bool) -> None:
    with store.reader() as reader:
        there = len(reader.find(Answer))
    problems = check(store)
    if problems:
        tally.corrupt += 1
        tally.stories.append(f"{when}: {problems[:3]}")
    if there < BASE and (whole or there):
        tally.lost += 1
        tally.stories.append(f"{when}: {there} answers of {BASE}")
