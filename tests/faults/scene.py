"""What the victims of the kill suite work on: made once, copied for each of them."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from alembic import command
from uuid_utils import uuid7

from gemba.domain.templates import Template
from gemba.hq.founding import found
from gemba.shipped import resource
from gemba.store import backing_up, connecting, keys, schema
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.desk import Desk
from gemba.work.open_desk import make_desk, open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

OLD_PHRASE, NEW_PHRASE = "the old passphrase", "the new passphrase"
BASE = 12
"""Answers that are there before anything is cut."""


class Scene(msgspec.Struct, frozen=True):
    """Where things lie, and how they are called."""

    folder: Path
    key: bytes
    hq_key: bytes
    audit: str
    photo: str
    """SHA-256 of the photo that is there from the beginning."""

    def store(self, kind: str) -> Path:
        """The untouched folder of a kind of store: `laptop`, `hq`, `older`, `plain`."""
        return self.folder / kind / "store"


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def uid() -> str:
    """A new uid."""
    return str(uuid7())


def build(folder: Path) -> Scene:
    """Make a laptop with an audit, its headquarters, a pack on the way, a backup, an older store and a plain one."""
    desk = make_desk(folder / "laptop" / "store", clock=now, ids=uid, passphrase=OLD_PHRASE)
    card = found(folder / "hq" / "store", clock=now, ids=uid, demo=True).file
    take_in(desk, card)
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    audit = conduct.start(desk, template.uid, add_place(desk, "Harbour branch").uid).uid
    conduct.answer_all(desk, audit, {f"/data/base{number}": "1" for number in range(BASE)})
    attach(desk, audit, resource("demo", "unlabelled-shelf.jpg").read_bytes(), "shelf.jpg")
    photo = next(sha256 for sha256 in desk.store.evidence.all() if desk.store.evidence.preview(sha256, 320) or sha256)
    [pack] = seal(desk)
    shutil.copyfile(pack.file, folder / pack.file.name)
    backing_up.back_up(desk.store, folder / "all.backup")
    desk.store.close()
    (folder / "laptop" / "store" / "reserve").unlink(missing_ok=True)
    (folder / "hq" / "store" / "reserve").unlink(missing_ok=True)
    key = keys.find_key(folder / "laptop" / "store", passphrase=OLD_PHRASE)
    hq_key = keys.find_key(folder / "hq" / "store", passphrase=None)
    _make_older(folder, key)
    _make_plain(folder, key)
    return Scene(folder, key, hq_key, audit, photo)


def desk_at(folder: Path, phrase: str | None = OLD_PHRASE) -> Desk:
    """The desk at a store."""
    return open_desk(folder, clock=now, ids=uid, passphrase=phrase)


def _make_older(folder: Path, key: bytes) -> None:
    """The same store as a program before this one left it."""
    shutil.copytree(folder / "laptop", folder / "older")
    engine = connecting.writing(folder / "older" / "store" / "gemba.db", key)
    with engine.connect() as connection:
        # Not further: what is personal has no column there, and would be gone before anything was tried.
        command.downgrade(schema.configuration(connection), "0004")
    engine.dispose()


def _make_plain(folder: Path, key: bytes) -> None:
    """The same store, never encrypted."""
    shutil.copytree(folder / "laptop", folder / "plain")
    store = folder / "plain" / "store"
    (store / "keys.json").unlink()
    plain_database(store / "gemba.db", key)


def plain_database(database: Path, key: bytes) -> None:
    """Take the encryption of a database away."""
    clear = database.with_name("clear.db")
    with closing(connecting.connect(database, key)) as encrypted:
        encrypted.execute("ATTACH DATABASE ? AS clear KEY ''", (str(clear),))
        encrypted.execute("SELECT sqlcipher_export('clear')")
        encrypted.execute("DETACH DATABASE clear")
        encrypted.execute("PRAGMA journal_mode=DELETE")
    clear.replace(database)
