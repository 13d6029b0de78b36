"""Imported complaints travel: to headquarters, from laptop to laptop, and their erasure goes after them."""

from __future__ import annotations

import gzip

import msgspec
from tests.hq.conftest import sealed

from gemba.domain.complaints import Complaint, Severity, complaint_uid
from gemba.hq import intake
from gemba.store import lots
from gemba.store.checking import check
from gemba.work.erase import erase
from gemba.work.import_complaints import import_
from gemba.work.inspect_complaints import inspect
from gemba.work.intake_plan import UnknownPlace

SECRET = "Xylophonia"


def brought(desk, tmp_path, count=30):
    """An import of complaints, of which the first is edited."""
    file = tmp_path / "crm.csv"
    rows = [f"K{n},2026-02-13 10:00,Branch {n % 3},high,{SECRET}{n} waited" for n in range(count)]
    file.write_text("\n".join(["Case number,Received,Branch,Priority,Narrative", *rows, ""]), "utf-8")
    seen = inspect(desk, file, source="crm")
    import_(desk, file, seen.reading, msgspec.structs.replace(seen.plan, unknown_places=UnknownPlace.MAKE))
    with desk.unit() as unit:
        unit.change(Complaint, complaint_uid("crm", "K0"), severity=Severity.LOW)


def complaints(desk):
    with desk.reader() as reader:
        assert not lots.is_pending(reader)
        return {one.number: one for one in reader.find(Complaint)}


def words_kept(desk) -> str:
    found = (desk.store.evidence.read(one) for one in desk.store.evidence.all())
    return b"".join(gzip.decompress(data) for data in found if data.startswith(b"\x1f\x8b")).decode()


def test_headquarters_has_what_a_laptop_imported_and_forgets_what_it_erased(laptop, hq, tmp_path) -> None:
    brought(laptop, tmp_path)
    for pack in sealed(laptop):
        told = intake.take_in(hq, pack, tmp_path / "receipts")
        assert told.missing == ()
    assert complaints(hq) == complaints(laptop)
    assert complaints(hq)["K0"].severity == Severity.LOW
    assert check(hq.store) == []
    erase(laptop, "complaint", complaint_uid("crm", "K7"), "asked for")
    assert complaints(laptop)["K7"].words == ""
    for pack in sealed(laptop):
        intake.take_in(hq, pack, tmp_path / "receipts")
    assert complaints(hq) == complaints(laptop)
    for desk in (laptop, hq):
        assert f"{SECRET}7 " not in words_kept(desk)
        assert f"{SECRET}8 " in words_kept(desk)
        assert check(desk.store) == []
