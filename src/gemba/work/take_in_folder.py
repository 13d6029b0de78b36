"""Take in a folder of files on a laptop: what is of no use to it is passed over, and told; it is no fault of anybody.

In the folder where headquarters lays its answers, and on a stick that goes round, there is more than this laptop's:
receipts and packs for others, what it made itself, and publications of which it holds a newer one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

import msgspec

from gemba.errors import GembaError, Refusal, Trouble
from gemba.packs import publication
from gemba.packs.publication_reading import looks_like_one, said_number
from gemba.wording import plural, sentence, text
from gemba.work.desk import Desk
from gemba.work.take_in import TakenIn, is_own, take_in

PassedOver = Literal["own", "others", "superseded"]

_WHY: dict[str, PassedOver] = {
    "work.own_pack": "own",
    "work.pack_on_laptop": "others",
    "work.receipt_for_other": "others",
    "packs.not_for_us": "others",
    "packs.old_publication": "superseded",
    "packs.earlier_publication": "superseded",
}
"""Refusals that say nothing against a file that is one of many: it is whole, as far as can be told, and not wanted."""


class TakenFolder(msgspec.Struct, frozen=True):
    """What came of the files of a folder."""

    taken: dict[str, TakenIn]
    refused: dict[str, str]
    own: tuple[str, ...]
    """Files that this laptop made itself; they are passed over."""
    others: tuple[str, ...]
    """Receipts and packs for somebody else; they are passed over."""
    superseded: tuple[str, ...]
    """Publications of which a newer one is held; they are passed over."""

    @property
    def words(self) -> str:
        """What came of each, and how many were passed over."""
        lines = [f"{name}: {one.words}" for name, one in self.taken.items()]
        lines += [f"{name}: {why}" for name, why in self.refused.items()]
        lines += [text("{file}: this laptop made it itself.", file=name) for name in self.own]
        if self.others:
            lines.append(
                plural(
                    "{n} file is for somebody else and was passed over.",
                    "{n} files are for somebody else and were passed over.",
                    len(self.others),
                )
            )
        if self.superseded:
            lines.append(
                plural(
                    "{n} publication was passed over: a newer one is held.",
                    "{n} publications were passed over: a newer one is held.",
                    len(self.superseded),
                )
            )
        return "\n".join(lines)


def passed_over(refusal: Refusal) -> PassedOver | None:
    """Why a file among others may be passed over; `None` when something is amiss with it."""
    return _WHY.get(refusal.code)


def take_in_files(desk: Desk, files: Sequence[Path]) -> TakenFolder:
    """Take in all of them, one after the other; one that is refused does not stop the others.

    They are taken in the order in which they are given, but of several publications the newest comes first: it says
    all that the others did.
    """
    taken: dict[str, TakenIn] = {}
    refused: dict[str, str] = {}
    over: dict[PassedOver, list[str]] = {"own": [], "others": [], "superseded": []}
    for file in _newest_first(files):
        try:
            if is_own(desk, file) and _is_as_named(file):
                over["own"].append(file.name)
            else:
                taken[file.name] = take_in(desk, file)
        except GembaError as error:
            why = passed_over(error) if isinstance(error, Refusal) else None
            if why is None:
                refused[file.name] = sentence(error)
            else:
                over[why].append(file.name)
    return TakenFolder(taken, refused, tuple(over["own"]), tuple(over["others"]), tuple(over["superseded"]))


def _newest_first(files: Sequence[Path]) -> list[Path]:
    """The files, with the publications among them in an order of their own."""
    are = [file.suffix == publication.SUFFIX or looks_like_one(file) for file in files]
    found = [file for file, is_one in zip(files, are, strict=True) if is_one]
    newest = iter(sorted(found, key=said_number, reverse=True))
    return [next(newest) if is_one else file for file, is_one in zip(files, are, strict=True)]


def _is_as_named(file: Path) -> bool:
    """False for an own pack that came back damaged: whoever takes it in says so."""
    if file.suffix != ".gemba":
        return True
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == file.stem
    except OSError as error:
        raise Trouble("work.unreadable", file=str(file), why=error.strerror or str(error)) from error
