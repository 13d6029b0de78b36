"""A quarter leaves the house: walked on a laptop, taken in at headquarters, given to an examiner without Gemba."""

from __future__ import annotations

import csv
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pyrage
import pytest
from PIL import Image
from tests.flows.test_one_walk import at_headquarters, headquarters, ids
from tests.flows.test_redaction import BLOCK, shows_the_face
from tests.flows.test_redaction import a_photo as a_face
from tests.store.picturing import as_file
from tests.work.audit_packing import walk
from tests.work.test_mark_evidence import is_hidden

from gemba import gemba_verify
from gemba.domain.assessments import Assessment
from gemba.domain.places import Level
from gemba.work import audit_pack
from gemba.work.audit_pack_choice import Choice
from gemba.work.desk import Desk
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

__all__ = ["headquarters"]
QUARTER = Choice(first=date(2026, 1, 1), last=date(2026, 3, 31))


@pytest.fixture
def walked(desk: Desk) -> str:
    region = add_place(desk, "Region North", level=Level.REGION).uid
    place = add_place(desk, "فرع الميناء", parent=region, zone="Europe/Berlin").uid
    return walk(desk, place, a_face(), as_file(Image.new("RGB", (900, 675), "#556677")), marks=(BLOCK,))


def test_headquarters_gives_an_examiner_what_the_laptop_saw(
    desk: Desk, walked: str, headquarters: Path, ticking: Callable[[], datetime], tmp_path: Path
) -> None:
    take_in(desk, headquarters / "headquarters.card")
    (sent,) = seal(desk)
    at_headquarters(headquarters, ticking, sent.file, tmp_path)
    examiner = pyrage.x25519.Identity.generate()
    hq = open_desk(headquarters, clock=ticking, ids=ids)
    try:
        made = audit_pack.make(hq, QUARTER, tmp_path, recipients=[str(examiner.to_public())])
        signer = hq.store.device.id
    finally:
        hq.store.close()
    assert (made.assessments, made.reports, made.evidence, made.absent) == (1, 1, 2, {})

    # From here on there is no Gemba: age, unzip, sha256sum, Python and one file.
    key = tmp_path / "key.txt"
    key.write_text(f"{examiner}\n")
    said = subprocess.run(
        [sys.executable, gemba_verify.__file__, made.file, "--identity", key, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(said.stdout)["bag_info"]["Device-Id"] == signer
    (tmp_path / "pack.zip").write_bytes(pyrage.decrypt(made.file.read_bytes(), [examiner]))
    folder = tmp_path / "examined"
    subprocess.run(["unzip", "-q", tmp_path / "pack.zip", "-d", folder], check=True)
    for manifest in ("manifest-sha256.txt", "tagmanifest-sha256.txt"):
        subprocess.run(["sha256sum", "--check", "--quiet", manifest], cwd=folder, check=True)
    with desk.reader() as reader:
        number = reader.find(Assessment, uid=walked)[0].number
    document = pypdfium2.PdfDocument(folder / "binder.pdf")
    assert number in document[1].get_textpage().get_text_range()
    assert not any(shows_the_face(page.render(scale=1.5).to_pil()) for page in document)
    document.close()
    with (folder / "data/tables/register.csv").open(encoding="utf-8-sig") as file:
        register = list(csv.DictReader(file))
    for row in register:
        copy = folder / "data/evidence" / row["file"]
        assert hashlib.sha256(copy.read_bytes()).hexdigest() == row["sha256"]
    assert is_hidden(Image.open(folder / "data/evidence" / register[0]["file"]), BLOCK)
    assert "Nothing: everything that was chosen is here." in (folder / "completeness.txt").read_text("utf-8")


def test_laptop_and_headquarters_give_the_same_binder(
    desk: Desk, walked: str, headquarters: Path, ticking: Callable[[], datetime], tmp_path: Path
) -> None:
    take_in(desk, headquarters / "headquarters.card")
    (sent,) = seal(desk)
    at_headquarters(headquarters, ticking, sent.file, tmp_path)
    here = audit_pack.make(desk, QUARTER, tmp_path / "here.zip")
    hq = open_desk(headquarters, clock=ticking, ids=ids)
    try:
        there = audit_pack.make(hq, QUARTER, tmp_path / "there.zip")
    finally:
        hq.store.close()
    assert here.pack_id != there.pack_id  # another signer
    assert here.pages == there.pages
    evidence = [gemba_verify.verify(one.file)["evidence"] for one in (here, there)]
    assert evidence == [2, 2]
