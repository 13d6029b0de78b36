"""A stranger rebuilds all data from one pack with age, unzip, sha256sum and Python's standard library alone."""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import msgspec
import pyrage
import pytest

from gemba import gemba_verify
from gemba.domain.findings import FindingGrade
from gemba.domain.nouns import BLOB_FIELDS, NOUNS, blobs_in
from gemba.hq.founding import found
from gemba.packs import canonical
from gemba.work import conduct, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.issue_report import assessment_report
from gemba.work.places import add_place
from gemba.work.raise_finding import raise_finding
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

SCRIPT = Path(__file__).parents[2] / "docs" / "rebuild.py"
CHECKLIST = """\
| survey   |           |                         |
|          | type      | name    | label         |
|          | text      | remark  | What was seen |
|          | integer   | waiting | Who waits     |
|          | decimal   | share   | Share served  |
|          | image     | photo   | A photo       |
| settings |           |         |               |
|          | form_id   | form_title              |
|          | queue     | The queue               |
"""

pytestmark = pytest.mark.skipif(
    not (shutil.which("unzip") and shutil.which("sha256sum")), reason="unzip or sha256sum is not installed"
)


@pytest.fixture(params=["age", "pyrage"])
def rebuilt(request, tmp_path):
    """Rebuilds a pack into a folder; `pyrage` stands in for the program age, and for nothing else."""

    def with_age(pack: Path, identity: str) -> Path:
        if not shutil.which("age"):
            pytest.skip("the program age is not installed (Debian: apt install age)")
        key = tmp_path / "key.txt"
        key.write_text(f"# a key\n{identity}\n")
        alone = [sys.executable, "-I", "-S", SCRIPT]  # without site-packages, so without any of Gemba
        subprocess.run([*alone, pack, key, tmp_path / "rebuilt"], check=True, timeout=120)
        return tmp_path / "rebuilt"

    def with_pyrage(pack: Path, identity: str) -> Path:
        script, folder = load(SCRIPT), tmp_path / "rebuilt"
        (folder / "pack").mkdir(parents=True)
        plain = pyrage.decrypt(pack.read_bytes(), [pyrage.x25519.Identity.from_str(identity)])
        (folder / "pack.zip").write_bytes(plain)
        script.unpack_zip(folder / "pack.zip", folder / "pack")
        script.rebuild(folder / "pack", folder)
        return folder

    return {"age": with_age, "pyrage": with_pyrage}[request.param]


def load(file: Path):
    spec = importlib.util.spec_from_file_location(file.stem, file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def record_something(desk: Desk, photo: bytes, folder: Path) -> None:
    """An audit with one of everything, and fields that were set more than once."""
    place = add_place(desk, "Harbour branch — Größe 地板", zone="Europe/Berlin").uid
    template = import_template(desk, CHECKLIST.encode(), "queue.md").uid
    audit = conduct.start(desk, template, place).uid
    fill = conduct.open_sheet(desk, audit).fill
    for remark in ("Three wait", "Four wait,\n\u2028two outside \x85 \U0001f600"):
        conduct.answer(desk, audit, fill.resolve("remark"), remark)
    for name, value in (("waiting", "4"), ("share", "0.30000000000000004")):
        conduct.answer(desk, audit, fill.resolve(name), value)
    evidence = attach(desk, audit, photo, "queue.jpg", path=fill.resolve("photo")).uid
    finding = raise_finding(
        desk, audit, grade=FindingGrade.MAJOR, criterion="Soon", text="Four wait.", evidence=[evidence]
    ).uid
    action = follow_action.add(desk, finding, text="Open counter 2", owner="Manager", due=date(2026, 3, 20)).uid
    follow_action.done(desk, action, "Seen open at noon")
    follow_action.reopen(desk, action)
    conclude(desk, audit)
    assessment_report(desk, audit, folder / "report.pdf")


def test_all_records_and_all_evidence_come_out_of_one_pack(desk, ticking, queue_photo, tmp_path, rebuilt):
    card = found(tmp_path / "hq", clock=ticking, ids=desk.ids, name="Meridian", demo=True).file
    record_something(desk, queue_photo, tmp_path)
    take_in(desk, card)
    [pack] = seal(desk)

    folder = rebuilt(pack.file, desk.store.device.identity)

    with desk.reader() as reader:
        kept = {noun: {one.uid: msgspec.to_builtins(one) for one in reader.find(kind)} for noun, kind in NOUNS.items()}
    filled = {noun: records for noun, records in kept.items() if records}
    assert {"place", "person", "template", "assessment", "answer", "evidence", "finding", "action"} <= filled.keys()
    assert {"conclusion", "report"} <= filled.keys()
    found_again = {
        file.stem: {one["uid"]: one for one in json.loads(file.read_text("utf-8"))}
        for file in (folder / "records").iterdir()
    }
    assert found_again == msgspec.json.decode(msgspec.json.encode(filled))
    assert json.loads((folder / "conflicts.json").read_text()) == []

    named = {
        sha256
        for noun, fields in BLOB_FIELDS.items()
        for record in filled.get(noun, {}).values()
        for field in fields
        for sha256 in blobs_in(record[field])
    }
    assert hashlib.sha256(queue_photo).hexdigest() in named
    assert {file.name: file.read_bytes() for file in (folder / "evidence").iterdir()} == {
        sha256: desk.store.evidence.read(sha256) for sha256 in named
    }
    assert not (folder / "pack.zip").exists()


def test_that_pack_is_whole_to_the_stand_alone_verifier(desk, ticking, queue_photo, tmp_path):
    card = found(tmp_path / "hq", clock=ticking, ids=desk.ids, name="Meridian", demo=True).file
    record_something(desk, queue_photo, tmp_path)
    take_in(desk, card)
    [pack] = seal(desk)
    key = tmp_path / "key.txt"
    key.write_text(desk.store.device.identity)
    verdict = gemba_verify.verify(pack.file, key)
    assert (verdict["level"], verdict["operations"], verdict["evidence"]) == ("whole", pack.operations, pack.blobs)


def test_documents_come_out_and_what_travelled_earlier_is_not_missed(world, tmp_path, rebuilt):
    def line(uid: str, parents: list[str], hlc: str, **values) -> bytes:
        header = {"noun": "note", "entity": "n", "id": uid, "hlc": hlc, "parents": parents, "fields": sorted(values)}
        return canonical.dumps({"header": header, "payload": {"set": values}})

    lines = [
        line("1", [], "a", text="first", tags=["x"]),
        line("2", ["1"], "c", text="second"),
        line("3", ["1"], "b", text="other"),
    ]
    sealed = world.seal(tmp_path, operations=lines)
    folder = rebuilt(sealed.path, world.hq_identity)
    assert (folder / "documents" / "A-K7QD-0012.pdf").read_bytes() == world.report
    assert {file.name for file in (folder / "evidence").iterdir()} == {
        world.sha256(one) for one in (world.photo, b"", world.note)
    }
    assert json.loads((folder / "records" / "note.json").read_text()) == [{"uid": "n", "text": "second", "tags": ["x"]}]
    [conflict] = json.loads((folder / "conflicts.json").read_text())
    assert (conflict["field"], conflict["values"]) == ("text", ["other", "second"])


def test_a_file_that_was_changed_stops_it(forger, world, tmp_path):
    forger.entry("data/documents/A-K7QD-0012.pdf").content = b"%PDF-1.7 forged"
    script, folder = load(SCRIPT), tmp_path / "rebuilt"
    (folder / "pack").mkdir(parents=True)
    (folder / "pack.zip").write_bytes(forger.zip())
    with pytest.raises(subprocess.CalledProcessError):
        script.unpack_zip(folder / "pack.zip", folder / "pack")


def test_the_script_needs_nothing_beyond_the_standard_library():
    names = {
        name.split(".")[0]
        for node in ast.walk(ast.parse(SCRIPT.read_text("utf-8")))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= sys.stdlib_module_names
