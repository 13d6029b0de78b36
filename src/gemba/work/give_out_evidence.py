"""Give out a copy of a piece of evidence: marks burned in, and without the camera's remarks."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path, PurePath

import msgspec

from gemba.domain.assessments import Assessment
from gemba.domain.evidence import Evidence
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.store.burning import QUALITY, painted
from gemba.store.camera_remarks import position_remarks
from gemba.store.photos import upright
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.keep_file import write_file
from gemba.work.records import known

KEEP_POSITION = "keep_position"
"""The attribute `gemba:keep_position="yes"` of a template whose copies carry time, place and device."""
_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class Copy(msgspec.Struct, frozen=True):
    """What was given out."""

    evidence: Uid
    file: Path
    size: int
    stripped: bool
    """False for what is no picture: it is copied as it came, with whatever is written inside it."""
    position_kept: bool = False


def give_out(desk: Desk, evidence: Uid, target: Path) -> Copy:
    """Write a copy of a photo or file.

    A photo is given upright at its full size, with its marks burned in, and without any remarks of the camera, unless
    the template asks for place and time. Everything else is copied as it came.

    Args:
        desk: of the store.
        evidence: which.
        target: the file; or a folder, then it gets the name of the evidence and no other file is written over.

    Raises:
        Refusal: it is a picture that cannot be read, so that its remarks cannot be taken out.
        Trouble: the original is not here or damaged, or the file cannot be written.
    """
    with desk.reader() as reader:
        item = known(reader, Evidence, evidence)
        position = keeps_position(desk, reader, item.assessment)
    data = copy_of(desk, item, position=position)
    if target.is_dir():
        target = free_name(target, file_name(item))
    write_file(target, data)
    return Copy(item.uid, target, len(data), bool(item.width), bool(item.width) and position)


def copy_of(desk: Desk, item: Evidence, *, position: bool = False) -> bytes:
    """The bytes that may leave the store for this evidence (`give_out` tells what is in them)."""
    data = desk.store.evidence.read(item.sha256)
    if not item.width:
        if item.media_type.startswith("image/"):
            raise Refusal("work.copy_not_stripped", name=item.name)
        return data
    image, out = painted(upright(data), item.marks), BytesIO()
    remarks = position_remarks(data) if position else b""
    if item.media_type == "image/png":
        image.save(out, "PNG", **({"exif": remarks} if remarks else {}))
    else:
        image.save(out, "JPEG", quality=max(QUALITY, 92), **({"exif": remarks} if remarks else {}))
    return out.getvalue()


def keeps_position(desk: Desk, reader: Reader, assessment: Uid | None) -> bool:
    """True when the template of an assessment wants place, time and device in copies; without one nobody does."""
    if assessment is None:
        return False
    template = known(reader, Template, known(reader, Assessment, assessment).template)
    form = desk.shelf.form(template.xform, desk.store.evidence.read, template.files)
    return form.attributes.get(KEEP_POSITION, "").strip().casefold() in {"yes", "true", "1"}


def file_name(item: Evidence) -> str:
    """A name that every system takes, with the ending that fits what the copy is."""
    name = PurePath(_UNFIT.sub("_", item.name).strip(" .") or "evidence")
    if not item.width:
        return name.name
    ending = ".png" if item.media_type == "image/png" else ".jpg"
    fits = name.suffix.lower() == ending or (ending == ".jpg" and name.suffix.lower() == ".jpeg")
    pictures = {".jpg", ".jpeg", ".png", ".webp"}
    stem = name.stem if name.suffix.lower() in pictures else name.name
    return name.name if fits else stem + ending


def free_name(folder: Path, name: str) -> Path:
    """A file of this name in a folder; with a number when there is one already."""
    wanted, number = folder / name, 2
    while wanted.exists():
        wanted = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
        number += 1
    return wanted
