"""Publish: what headquarters has to say goes down to every laptop, signed, on any medium.

A publication lists everything that any laptop may still need: whoever skipped some misses nothing. Only what is new
since the last one goes into new packs; the others are listed again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from gemba.domain.change import Change
from gemba.errors import GembaError, Refusal, Trouble
from gemba.hq import audience, publishing_packs, publishing_words
from gemba.hq.intake import demand_headquarters
from gemba.hq.published_nouns import FROM_ANYBODY
from gemba.hq.set_back import first_version
from gemba.packs.publication import FOR_ALL, SUFFIX, TIMESTAMP, Target, root_name
from gemba.packs.publication_checking import LARGEST_ROOT, read_targets
from gemba.packs.publication_reading import open_publication
from gemba.packs.publication_writing import LASTS, Content, make_lists, write_file, write_folder
from gemba.packs.sealing import clear_unfinished
from gemba.store import publications, selections
from gemba.store.publications import Publication
from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.desk import Desk

FOLDER = "published"
"""Folder in headquarters' store: the files of the newest publication, under their hashes."""
MOST_PACKS = 24
"""Packs for one audience, before all of them are made one again."""

_REACHED = "publishing.reached"
_ROLES = ("targets", "snapshot", "timestamp")


class Form(StrEnum):
    """How a publication is written."""

    FILE = "file"
    FOLDER = "folder"


class Published(msgspec.Struct, frozen=True):
    """A publication that was written."""

    file: Path
    version: int
    new: bool
    """False when there was nothing new: the publication is the one before."""
    made_at: datetime
    expires_at: datetime
    packs: int
    laptops: int
    """How many laptops it has something for."""
    words: str
    change: Change = Change(topics=frozenset({"publication"}))


class _Last(msgspec.Struct, frozen=True):
    """The publication before, as it was listed."""

    publication: Publication | None
    targets: tuple[Target, ...]
    reached: int
    """Local number of the last operation that went into it."""


def publish(desk: Desk, out: Path, *, form: Form = Form.FILE) -> Published:
    """Write the newest publication into `out`; a new one is made when there is anything new, or half its time is over.

    Raises:
        Refusal: this is no headquarters, or one that was founded before there were publications.
        Trouble: a folder cannot be written, or another process published meanwhile.
    """
    demand_headquarters(desk)
    folder = desk.store.folder / FOLDER
    folder.mkdir(exist_ok=True)
    clear_unfinished(folder)
    last = _last(desk)
    targets, reached = _gather(desk, last, folder)
    made = last.publication
    first = first_version(desk.store.device)
    new = (
        made is None
        or made.version < first
        or set(targets) != set(last.targets)
        or desk.clock() > made.made_at + LASTS / 2
    )
    if made is None or new:
        made = _make(desk, max(first, made.version + 1 if made is not None else 1), targets, reached)
    files = _files(desk, made.version, targets, folder)
    if form is Form.FILE:
        written = write_file(files, _there(out))[0]
        _clear_older(out, written, files)
    else:
        written = write_folder(files, out)
    _clear(folder, targets)
    return _published(made, written, targets, new=new)


def newest_publication(desk: Desk) -> Path:
    """The newest publication as a file in headquarters' own folder, made when there is anything new.

    Raises:
        Refusal, Trouble: as `publish`.
    """
    out = desk.store.folder / FOLDER / "out"
    out.mkdir(parents=True, exist_ok=True)
    published = publish(desk, out)
    for old in out.iterdir():
        if old != published.file:
            old.unlink(missing_ok=True)
    return published.file


def _last(desk: Desk) -> _Last:
    own = desk.store.device.id
    with desk.reader() as reader:
        if publications.trusted(reader, own, publications.ROOT) is None:
            raise Refusal("hq.cannot_publish")
        listed = publications.trusted(reader, own, "targets")
        return _Last(
            publications.newest(reader, own),
            () if listed is None else tuple(read_targets(listed.body).values()),
            reader.setting(_REACHED) or 0,
        )


def _gather(desk: Desk, last: _Last, folder: Path) -> tuple[list[Target], int]:
    """All files of the next publication, those that are new written into the folder; and how far the journal is in."""
    key = audience.current_audience(desk)
    with desk.reader() as reader:
        laptops = audience.laptops(reader)
        reached = selections.last_operation(reader)
        packs = _listed_packs(reader, last, {one.id: one.recipients[0] for one in laptops})
        after = last.reached if packs is not None else 0
        made = [
            publishing_packs.seal_share(desk, reader, share, folder)
            for share in publishing_packs.shares(reader, after, key.recipient, laptops)
        ]
        words = publishing_words.targets(desk, reader, key.recipient, laptops, last.targets, folder)
    return [*(packs or []), *(one for one in made if one is not None), *words], reached


def _listed_packs(reader: Reader, last: _Last, known: Mapping[str, str]) -> list[Target] | None:
    """The packs that stay listed; `None` when all are to be made anew.

    That is so when something was erased (the packs hold it still), when a laptop has another key, and when there are
    many of them.
    """
    packs = [one for one in last.targets if one.said.get("for")]
    kept = [one for one in packs if one.said["for"] in {FOR_ALL, *known}]
    many = any(sum(one.said["for"] == whom for one in kept) >= MOST_PACKS for whom in {one.said["for"] for one in kept})
    moved = any(one.said["to"] != known.get(one.said["for"], one.said["to"]) for one in kept)
    erased = bool(kept) and bool(selections.written_since(reader, last.reached, FROM_ANYBODY, own=False))
    return None if many or moved or erased else kept


def _make(desk: Desk, version: int, targets: Sequence[Target], reached: int) -> Publication:
    """Sign the lists of a new publication and note it, in one transaction."""
    device, now = desk.store.device, desk.clock().replace(microsecond=0)
    lists = make_lists(version, targets, now, device.public_key, device.sign)
    made = Publication(
        version=version,
        headquarters=device.id,
        made_at=now,
        expires_at=now + LASTS,
        sha256=publishing_words.sha256_of(lists[TIMESTAMP]),
    )
    with desk.unit() as unit:
        newest = publications.newest(unit, device.id)
        if newest is not None and newest.version >= version:
            raise Trouble("hq.published_meanwhile")
        for role in _ROLES:
            body = lists[TIMESTAMP if role == "timestamp" else f"{version}.{role}.json"]
            publications.believe(unit, device.id, role, version, body)
        publications.note(unit, made)
        unit.set_setting(_REACHED, reached)
    return made


def _files(desk: Desk, version: int, targets: Sequence[Target], folder: Path) -> dict[str, Content]:
    """Everything that a publication consists of, by file name."""
    own = desk.store.device.id
    files: dict[str, Content] = {one.path: folder / one.sha256 for one in targets}
    with desk.reader() as reader:
        files |= {root_name(number): body for number, body in publications.roots(reader, own).items()}
        for role in _ROLES:
            kept = publications.trusted(reader, own, role)
            if kept is None or kept.version != version:
                raise Trouble("hq.published_meanwhile")
            files[TIMESTAMP if role == "timestamp" else f"{version}.{role}.json"] = kept.body
    return files


def _there(out: Path) -> Path:
    with suppress(OSError):  # what is wrong with it is said when the file is written
        out.mkdir(parents=True, exist_ok=True)
    return out


def _clear(folder: Path, targets: Sequence[Target]) -> None:
    """Take away files of earlier publications; another process may be quicker."""
    kept = {one.sha256 for one in targets}
    for file in folder.iterdir():
        if file.name not in kept:
            with suppress(OSError):
                file.unlink()


def _clear_older(out: Path, written: Path, files: Mapping[str, Content]) -> None:
    """Take earlier publications of this headquarters out of the folder: the newest one says all that they do."""
    first = min((name for name in files if name.endswith(".root.json")), key=lambda name: int(name.partition(".")[0]))
    for file in out.glob(f"*{SUFFIX}"):
        if file == written:
            continue
        try:
            with open_publication(file) as opened:
                ours = opened.has(first) and opened.read(first, LARGEST_ROOT) == files[first]
        except GembaError:
            continue
        if ours:
            with suppress(OSError):
                file.unlink()


def _published(made: Publication, written: Path, targets: Sequence[Target], *, new: bool) -> Published:
    packs = sum(1 for one in targets if one.said.get("for"))
    laptops = sum(1 for one in targets if one.name.startswith("laptops/"))
    words = text("Publication {number} is in {file}", number=made.version, file=written)
    words += plural(", for {n} laptop.", ", for {n} laptops.", laptops)
    if not new:
        words += " " + text("There was nothing new; it is the one before.")
    return Published(
        file=written,
        version=made.version,
        new=new,
        made_at=made.made_at,
        expires_at=made.expires_at,
        packs=packs,
        laptops=laptops,
        words=words,
    )
