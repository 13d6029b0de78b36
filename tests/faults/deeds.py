"""What the victims of the kill suite do until they are killed; each tells what it may call done."""

from __future__ import annotations

import io
import os
import random
from collections.abc import Callable
from pathlib import Path

from tests.faults.scene import NEW_PHRASE, OLD_PHRASE, Scene, desk_at, now, uid

from gemba.domain.assessments import answer_uid
from gemba.hq import intake
from gemba.store import migrating_plain, opening, rekeying, restoring
from gemba.work import backups, conduct
from gemba.work.attach_evidence import attach
from gemba.work.desk import Desk
from gemba.work.erase import erase as erase_words
from gemba.work.export_answers import ExportChoice, export_answers
from gemba.work.issue_report import assessment_report
from gemba.work.open_desk import open_desk
from gemba.work.send_pack import seal
from gemba.work.shelf import Shelf

Say = Callable[[str], None]
Deed = Callable[[Scene, Path, Say], None]


def _desk(scene: Scene, store: Path) -> Desk:
    """As `open_desk`, without the 100 ms of a passphrase."""
    opened = opening.open_store(store, scene.key, clock=now, reserve=0)
    from gemba.domain.people import Person

    with opened.reader() as reader:
        person = reader.find(Person)[0]
    return Desk(store=opened, person=person, clock=now, ids=uid, shelf=Shelf())


def answer(scene: Scene, store: Path, say: Say) -> None:
    """Answer, one question after the other."""
    desk = _desk(scene, store)
    for number in range(1, 10_000):
        conduct.answer(desk, scene.audit, f"/data/q{number}", str(number))
        say(f"{number}")


def photos(scene: Scene, store: Path, say: Say) -> None:
    """Add photos."""
    from PIL import Image

    desk, chance = _desk(scene, store), random.Random(os.getpid())
    for number in range(1, 10_000):
        picture = io.BytesIO()
        Image.frombytes("RGB", (200, 150), chance.randbytes(200 * 150 * 3)).save(picture, "JPEG")
        said = attach(desk, scene.audit, picture.getvalue(), f"{number}.jpg")
        say(said.uid)


def export(scene: Scene, store: Path, say: Say) -> None:
    """Write reports and tables."""
    desk, out = _desk(scene, store), store.parent / "out"
    out.mkdir(exist_ok=True)
    for number in range(1, 10_000):
        assessment_report(desk, scene.audit, out / f"{number}.pdf")
        export_answers(desk, [scene.audit], out / f"{number}.xlsx", ExportChoice())
        say(f"{number}")


def seal_packs(scene: Scene, store: Path, say: Say) -> None:
    """Seal packs, one longer than the other."""
    desk = _desk(scene, store)
    for number in range(1, 10_000):
        conduct.answer(desk, scene.audit, f"/data/q{number}", str(number))
        say(f"{seal(desk)[-1].sha256} {number}")


def merge(scene: Scene, store: Path, say: Say) -> None:
    """Take a pack in at headquarters."""
    desk = open_desk(store, clock=now, ids=uid)
    out = store.parent / "out"
    out.mkdir(exist_ok=True)
    intake.take_in(desk, next(scene.folder.glob("*.gemba")), out)
    say("taken in")


def migrate(scene: Scene, store: Path, say: Say) -> None:
    """Open a store of an older program."""
    opening.open_store(store, scene.key, clock=now, reserve=0)
    say("open")


def encrypt(scene: Scene, store: Path, say: Say) -> None:
    """Open a store that was never encrypted."""
    migrating_plain.encrypt(store, passphrase=OLD_PHRASE)
    say("encrypted")


def rekey(scene: Scene, store: Path, say: Say) -> None:
    """Give the store a new key."""
    rekeying.rekey(store, scene.key, passphrase=NEW_PHRASE)
    say("new")


def back_up(scene: Scene, store: Path, say: Say) -> None:
    """Make backups by the clock, one after the other."""
    desk = _desk(scene, store)
    for number in range(1, 10_000):
        conduct.answer(desk, scene.audit, f"/data/q{number}", str(number))
        say(f"{backups.make(desk).files[0]} {number}")


def erase(scene: Scene, store: Path, say: Say) -> None:
    """Answer, and erase the answer again."""
    desk = _desk(scene, store)
    for number in range(1, 10_000):
        path = f"/data/q{number}"
        conduct.answer(desk, scene.audit, path, f"of a person {number}")
        erase_words(desk, "answer", answer_uid(scene.audit, path), "asked for")
        say(f"{path}")


def restore(scene: Scene, store: Path, say: Say) -> None:
    """Restore a backup in the store's place."""
    restoring.restore(scene.folder / "all.backup", store, overwrite=True)
    say("restored")


DEEDS: dict[str, tuple[str, Deed]] = {
    "answer": ("laptop", answer),
    "photos": ("laptop", photos),
    "export": ("laptop", export),
    "seal": ("laptop", seal_packs),
    "merge": ("hq", merge),
    "migrate": ("older", migrate),
    "encrypt": ("plain", encrypt),
    "rekey": ("laptop", rekey),
    "backup": ("laptop", back_up),
    "erase": ("laptop", erase),
    "restore": ("laptop", restore),
}
"""By name: which store it works on, and what it does."""
LASTING = {"answer", "photos", "export", "seal", "backup", "erase"}
"""Deeds that go on until they are killed."""
__all__ = ["DEEDS", "LASTING", "desk_at"]
