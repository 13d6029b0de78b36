"""Rebuild all that a Gemba pack holds, with tools that any computer can have: age, unzip, sha256sum and Python.

    python rebuild.py PACK KEY.txt FOLDER

Afterwards FOLDER holds

    records/<noun>.json     every record of that noun with all its fields, sorted by uid
    conflicts.json          fields that several people set without knowing of each other, with every value
    evidence/<sha256>       photos and other files, byte for byte
    documents/<name>        reports
    pack/                   the pack as it was unzipped

It shows that nobody depends on Gemba to get at what was recorded, and nothing more: it trusts the tools to say what
does not fit. Whether a pack of unknown origin is genuine, `gemba-verify` says; ask it first.

The rules are those of pack-format.md and of "Journal operations" in data-changes.md. It needs Python 3.11 and nothing
beyond its standard library. Exit code 0: rebuilt; 1: something did not fit, and was said.
"""  # noqa: INP001 - a script beside the documentation, to be taken away and run

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any


def unpack(pack: Path, key: Path, folder: Path) -> Path:
    """The folder of the bag in `pack`, opened with `age`, unpacked with `unzip` and compared with `sha256sum`."""
    bag, plain = folder / "pack", folder / "pack.zip"
    bag.mkdir(parents=True)
    _run("age", "--decrypt", "--identity", key, "--output", plain, pack)
    unpack_zip(plain, bag)
    return bag


def unpack_zip(plain: Path, bag: Path) -> None:
    """Unzip into `bag`, compare every file with both manifests, and remove the zip, which lies there in clear."""
    _run("unzip", "-q", plain, "-d", bag)
    plain.unlink()
    _run("sha256sum", "--check", "--quiet", "--strict", "tagmanifest-sha256.txt", cwd=bag)
    elsewhere = {line.split(" ")[2] for line in _lines(bag / "fetch.txt")}
    here = [line for line in _lines(bag / "manifest-sha256.txt") if line[66:] not in elsewhere]
    _run("sha256sum", "--check", "--quiet", "--strict", "-", cwd=bag, given="".join(line + "\n" for line in here))


def rebuild(bag: Path, folder: Path) -> None:
    """Write records, conflicts, evidence and documents of an unpacked bag into `folder`."""
    operations = map(json.loads, _lines(bag / "data" / "ops.ndjson"))
    records, conflicts = replay(list({one["header"]["id"]: one for one in operations}.values()))
    (folder / "records").mkdir()
    for noun, found in records.items():
        _write(folder / "records" / f"{noun}.json", [{"uid": uid, **found[uid]} for uid in sorted(found)])
    _write(folder / "conflicts.json", conflicts)
    for name, files in (("evidence", "blobs/*/*"), ("documents", "documents/*")):
        (folder / name).mkdir()
        for file in sorted((bag / "data").glob(files)):
            shutil.copyfile(file, folder / name / file.name)


def replay(operations: list[dict[str, Any]]) -> tuple[dict[str, dict[str, dict[str, Any]]], list[dict[str, Any]]]:
    """Records by noun and uid, and the fields in conflict, as the operations of a journal make them.

    An operation is a head of a field when it sets it and no other operation on that record that sets it names it as a
    parent. One head is the value. Of several, the one with the greatest (hlc, id) stands in the record here; Gemba goes
    by another rule where they are verdicts (decisions/008), and shows all of them to a person in any case. A field is
    null when what was said of it is erased.
    """
    setters: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    for operation in operations:
        header = operation["header"]
        for field in header["fields"]:
            setters.setdefault((header["noun"], header["entity"], field), []).append(operation)
    records: dict[str, dict[str, dict[str, Any]]] = {}
    conflicts = []
    for (noun, uid, field), all_of_it in sorted(setters.items(), key=lambda item: item[0]):
        seen = {parent for one in all_of_it for parent in one["header"]["parents"]}
        heads = [one for one in all_of_it if one["header"]["id"] not in seen]
        heads.sort(key=lambda one: (one["header"]["hlc"], one["header"]["id"]))
        values = [told[field] for told in map(values_of, heads) if field in told]
        records.setdefault(noun, {}).setdefault(uid, {})[field] = values[-1] if values else None
        if len(heads) > 1:
            conflicts.append({"noun": noun, "uid": uid, "field": field, "values": values})
    return records, conflicts


def values_of(operation: dict[str, Any]) -> dict[str, Any]:
    """The fields that an operation sets; what is personal stands in a part of its own, which may be erased (null)."""
    parts = (operation["payload"], operation.get("personal"))
    return {field: value for part in parts if part is not None for field, value in part["set"].items()}


def _run(program: str, *arguments: str | Path, cwd: Path | None = None, given: str | None = None) -> None:
    """Run one of the tools; its own words say what does not fit."""
    subprocess.run([program, *map(str, arguments)], cwd=cwd, input=given, text=True, check=True)  # noqa: S603 - the tools named above


def _lines(file: Path) -> list[str]:
    """The lines of a text; line feeds alone end them."""
    return file.read_text("utf-8").split("\n")[:-1]


def _write(file: Path, value: object) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")


def main() -> int:
    """Rebuild one pack."""
    parser = argparse.ArgumentParser(description="Rebuild all that a Gemba pack holds, without Gemba.")
    parser.add_argument("pack", type=Path, help="a sealed pack (.gemba)")
    parser.add_argument("key", type=Path, help="file with an age key that opens it")
    parser.add_argument("folder", type=Path, help="a folder that is not there yet")
    asked = parser.parse_args()
    try:
        rebuild(unpack(asked.pack, asked.key, asked.folder), asked.folder)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.stderr.write(f"Not rebuilt: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
