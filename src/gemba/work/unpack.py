"""Unpack a verified pack for people: records to read, evidence under readable names, documents as they are.

OUT/records/<noun>.json     every record that the pack says anything of, with what it says
OUT/evidence/<name>         photos and files, under the names that people gave them
OUT/documents/<name>        reports, tables, submissions
OUT/conflicts.json          fields that several people set without knowing of each other
OUT/pack.json               what the pack says of itself
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, BinaryIO

import msgspec

from gemba.errors import Refusal, Trouble
from gemba.packs.facts import PackFacts
from gemba.packs.opening import OpenedPack, open_pack

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_AT_ONCE = 1 << 20


class Unpacked(msgspec.Struct, frozen=True):
    """What was unpacked, and where."""

    folder: Path
    records: int
    evidence: int
    documents: int
    conflicts: int
    elsewhere: int
    """Pieces of evidence that travelled in earlier packs."""


def unpack(file: Path, identities: Sequence[str], out: Path) -> Unpacked:
    """Unpack a pack into a folder that is not there yet; nothing is written before all of it was verified.

    Args:
        file: the sealed pack.
        identities: age identities, of which one must open it.
        out: the folder that is made.

    Raises:
        Refusal: `work.folder_is_there`; `packs.*`, what is wrong with the pack.
        Trouble: the disk is full, or the folder cannot be written.
    """
    if out.exists():
        raise Refusal("work.folder_is_there", folder=str(out))
    part = out.with_name(f".{out.name}.part")
    try:
        part.mkdir(parents=True)
        with open_pack(file, identities, scratch=part) as pack:
            written = _write(pack, part)
        part.rename(out)
    except OSError as error:
        raise Trouble("work.cannot_write", file=str(out)) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return msgspec.structs.replace(written, folder=out)


def _write(pack: OpenedPack, folder: Path) -> Unpacked:
    records, conflicts = replay(pack)
    (folder / "records").mkdir()
    for noun, found in records.items():
        _json(folder / "records" / f"{noun}.json", [{"uid": uid, **found[uid]} for uid in sorted(found)])
    _json(folder / "conflicts.json", conflicts)
    _json(folder / "pack.json", _told(pack.facts))
    names = readable_names(records)
    _files(folder / "evidence", {names.get(sha256, sha256): pack.blobs[sha256] for sha256 in sorted(pack.blobs)})
    _files(folder / "documents", pack.documents)
    return Unpacked(
        folder=folder,
        records=sum(map(len, records.values())),
        evidence=len(pack.blobs),
        documents=len(pack.documents),
        conflicts=len(conflicts),
        elsewhere=len(pack.referenced),
    )


Records = dict[str, dict[str, dict[str, Any]]]
"""Values by noun, uid and field."""


def replay(pack: OpenedPack) -> tuple[Records, list[dict[str, Any]]]:
    """Records as the operations of one pack make them, and the fields that are in conflict within it.

    Of several heads of a field the one with the greatest clock and id is shown, as docs/pack-format.md says.
    """
    setters: dict[tuple[str, str, str], list[tuple[str, str, list[str], Any]]] = {}
    for operation in {one["header"]["id"]: one for one in pack.operations()}.values():
        header = operation["header"]
        for field, value in _values(operation).items():
            said = (header["hlc"], header["id"], header["parents"], value)
            setters.setdefault((header["noun"], header["entity"], field), []).append(said)
    records: Records = {}
    conflicts: list[dict[str, Any]] = []
    for (noun, uid, field), said_of_it in sorted(setters.items(), key=lambda item: item[0]):
        seen = {parent for _, _, parents, _ in said_of_it for parent in parents}
        heads = sorted((one for one in said_of_it if one[1] not in seen), key=lambda one: one[:2])
        if not heads:  # operations that name each other in a circle: nobody's journal does that
            continue
        records.setdefault(noun, {}).setdefault(uid, {})[field] = heads[-1][3]
        if len(heads) > 1:
            conflicts.append({"noun": noun, "uid": uid, "field": field, "values": [one[3] for one in heads]})
    return records, conflicts


def readable_names(records: Records) -> dict[str, str]:
    """File names by SHA-256, made of what people called the files; no two alike on any system."""
    numbers = {uid: one.get("number", "") for uid, one in records.get("assessment", {}).items()}
    wanted: dict[str, str] = {}
    for noun in ("evidence", "report"):
        for one in records.get(noun, {}).values():
            number = numbers.get(one.get("assessment", ""), "")
            wanted.setdefault(one.get("sha256", ""), "-".join(filter(None, [number, str(one.get("name") or "")])))
    for one in records.get("template", {}).values():
        wanted.setdefault(one.get("source", ""), str(one.get("source_name") or ""))
        wanted.setdefault(one.get("xform", ""), f"{one.get('form_id', 'form')}-{one.get('version', '')}.xml")
    names: dict[str, str] = {}
    taken: set[str] = set()
    for sha256, name in sorted(wanted.items()):
        plain = _UNFIT.sub("-", name).strip(". ")[-120:] or sha256
        if plain.lower() in taken:
            plain = f"{sha256[:8]}-{plain}"
        taken.add(plain.lower())
        names[sha256] = plain
    return names


def _values(operation: Mapping[str, Any]) -> dict[str, Any]:
    parts = (operation.get("payload"), operation.get("personal"))
    return {field: value for part in parts if part for field, value in part["set"].items()}


def _files(folder: Path, openers: Mapping[str, Callable[[], BinaryIO]]) -> None:
    folder.mkdir()
    for name, opener in openers.items():
        with opener() as source, (folder / name).open("xb") as target:
            shutil.copyfileobj(source, target, _AT_ONCE)
            os.fsync(target.fileno())


def _told(facts: PackFacts) -> dict[str, Any]:
    return {
        "pack": facts.sha256,
        "device": facts.device_id,
        "headquarters": facts.to,
        "epoch": facts.epoch,
        "first_seq": facts.first_seq,
        "last_seq": facts.last_seq,
        "created": facts.created,
        "operations": facts.operations,
        "program": facts.program,
    }


def _json(file: Path, value: object) -> None:
    file.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n")
