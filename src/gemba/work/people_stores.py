"""A laptop that several people share: each has a store and a key, and opens nothing of the others.

`people/<folder>/name` tells whose store it is; it stands in clear, because whoever is asked who they are has opened
nothing yet.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

import msgspec

from gemba.durable import written
from gemba.errors import Refusal
from gemba.folders import shared_laptop
from gemba.store.opening import exists
from gemba.work.cards import write_card
from gemba.work.desk import Desk

STORE = "store"
_NAME = "name"
_LONGEST = 80


class PersonStore(msgspec.Struct, frozen=True):
    """One person of this laptop."""

    name: str
    store: Path
    made: bool
    """False until it was opened for the first time."""
    card: Path | None = None
    """The public card of the store, which others hand work over with."""


def people(root: Path | None = None) -> list[PersonStore]:
    """Everybody who has a store on this laptop, by name.

    Args:
        root: where they are; `None` for this account's folder.
    """
    root = root or shared_laptop()
    found = [_person(folder) for folder in root.iterdir() if (folder / _NAME).is_file()] if root.is_dir() else []
    return sorted(found, key=lambda one: one.name.casefold())


def store_of(name: str, root: Path | None = None) -> PersonStore:
    """The store of a person; its folder is made when there is none, and the store itself when it is opened.

    Raises:
        Refusal: `work.person_name` for a name without a letter, or one that is too long.
    """
    root = root or shared_laptop()
    name = " ".join(unicodedata.normalize("NFC", name).split())
    if not any(letter.isalnum() for letter in name) or len(name) > _LONGEST:
        raise Refusal("work.person_name", longest=_LONGEST)
    folder = root / _folder_name(name)
    if not (folder / _NAME).is_file():
        folder.mkdir(parents=True, exist_ok=True)
        with written(folder / _NAME) as out:
            out.write(name.encode())
    return _person(folder)


def known(name: str, root: Path | None = None) -> PersonStore | None:
    """The person of this name; `None` when nobody has it."""
    wanted = name.casefold().strip()
    return next((one for one in people(root) if one.name.casefold() == wanted), None)


def whose(store: Path) -> str:
    """The name of the person whose store on a shared laptop this is; empty for any other store."""
    name = store.parent / _NAME
    return name.read_text("utf-8") if store.name == STORE and name.is_file() else ""


def others(store: Path, root: Path | None = None) -> list[PersonStore]:
    """Everybody else of this laptop whose store can be handed work over to: it was opened once, so it has a card."""
    return [one for one in people(root) if one.card is not None and one.store != store]


def lay_card(desk: Desk) -> Path | None:
    """Put the card of a shared laptop's store beside it, where others find it; `None` in any other store."""
    folder = desk.store.folder.parent
    if not (folder / _NAME).is_file():
        return None
    laid = next(folder.glob("*.card"), None)
    return laid or write_card(desk, folder, (folder / _NAME).read_text("utf-8")).file


def _person(folder: Path) -> PersonStore:
    name = (folder / _NAME).read_text("utf-8")
    return PersonStore(name, folder / STORE, exists(folder / STORE), next(folder.glob("*.card"), None))


def _folder_name(name: str) -> str:
    """A name for a folder that every system takes, different for different people."""
    plain = unicodedata.normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    readable = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    return f"{readable or 'person'}-{hashlib.sha256(name.casefold().encode()).hexdigest()[:8]}"
