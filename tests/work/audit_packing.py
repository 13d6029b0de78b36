"""Walks for audit packs, and packs opened as a stranger opens them."""

from __future__ import annotations

import csv
import json
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from PIL import Image
from tests.flows.test_one_walk import a_checklist
from tests.store.picturing import as_file, scene

from gemba.domain.evidence import Mark
from gemba.domain.findings import FindingGrade
from gemba.domain.templates import Template
from gemba.work import conduct, follow_action
from gemba.work.attach_evidence import attach
from gemba.work.audit_pack import MadeAuditPack, make
from gemba.work.audit_pack_choice import Choice
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.mark_evidence import mark
from gemba.work.raise_finding import raise_finding

QUARTER = {"first": date(2026, 1, 1), "last": date(2026, 3, 31)}


def a_photo(seed: int = 1, size: tuple[int, int] = (900, 675)) -> bytes:
    """A photo whose camera says too much."""
    exif = Image.Exif()
    exif[0x010F] = "TellingCamera"
    return as_file(scene(seed, size), quality=85, exif=exif)


def grained(seed: int) -> bytes:
    """A photo of much detail, which weighs more."""
    image = scene(seed, (2000, 1500))
    return as_file(Image.blend(image, Image.effect_noise(image.size, 90).convert("RGB"), 0.4), quality=85)


def template_of(desk: Desk) -> str:
    with desk.reader() as reader:
        known = reader.find(Template, form_id="counter_check")
    return known[0].uid if known else import_template(desk, a_checklist(), "counter-check.xlsx").uid


def walk(
    desk: Desk,
    place: str,
    *photos: bytes,
    marks: tuple[Mark, ...] = (),
    grade: FindingGrade = FindingGrade.MAJOR,
    done: bool = True,
) -> str:
    """A walk at a place; its first photo belongs to the question, the others to a finding with an action."""
    uid = conduct.start(desk, template_of(desk), place).uid
    fill = conduct.open_sheet(desk, uid).fill
    for name, value in (("greeted", "yes"), ("served", "no"), ("why", "=cmd|' /C calc'!A0")):
        conduct.answer(desk, uid, fill.resolve(name), value)
    added = [
        attach(desk, uid, photo, f"Ms Muster {at}.jpg", path="" if at else fill.resolve("photo")).uid
        for at, photo in enumerate(photos)
    ]
    for one in added if marks else ():
        mark(desk, one, marks)
    finding = raise_finding(
        desk, uid, grade=grade, criterion="Served in time", text="Eight waited.", evidence=added[1:]
    ).uid
    follow_action.add(desk, finding, text="Open counter 2", owner="Erika Muster", due=date(2026, 3, 20))
    if done:
        conclude(desk, uid)
    return uid


def packed(desk: Desk, out: Path, **chosen: Any) -> tuple[MadeAuditPack, Opened]:
    made = make(desk, Choice(**{**QUARTER, **chosen}), out)
    return made, Opened(made.file)


class Opened:
    """What a stranger finds in an open audit pack."""

    def __init__(self, file: Path) -> None:
        with zipfile.ZipFile(file) as opened:
            self.files = {name: opened.read(name) for name in opened.namelist()}
        self.statement: Any = json.loads(self.files["data/completeness.json"])
        self.text = self.files["completeness.txt"].decode()

    @property
    def evidence(self) -> dict[str, bytes]:
        return {name.rpartition("/")[2]: data for name, data in self.files.items() if name.startswith("data/evidence/")}

    def picture(self, name: str) -> Image.Image:
        return Image.open(BytesIO(self.evidence[name]))

    def rows(self, table: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(self.files[f"data/tables/{table}.csv"].decode("utf-8-sig"))))

    def binder(self, folder: Path) -> Path:
        (folder / "binder.pdf").write_bytes(self.files["binder.pdf"])
        return folder / "binder.pdf"
