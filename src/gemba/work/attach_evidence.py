"""Attach photos and files to an answer or a finding."""

from __future__ import annotations

import mimetypes
from pathlib import Path, PurePath
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal, Trouble
from gemba.store.camera_remarks import Remarks, remarks_of
from gemba.store.photos import Photo, prepare
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.records import changeable, demand_same, draft, known

FILE_LIMIT = 100 * 1024 * 1024
"""Bytes of one attached file. Checked here, at capture, so that nothing recorded is ever too large to send."""
ANSWERED_BY_FILES = frozenset({"image", "audio", "video", "file"})
"""Types of questions whose answer is the name of their newest file."""
_UNKNOWN = "application/octet-stream"


class _Looked(msgspec.Struct, frozen=True):
    """What was found by looking at a file."""

    media_type: str
    photo: Photo | None = None
    remarks: Remarks = Remarks()


def attach(  # noqa: PLR0913 - what a file stands for is said once, as it is kept
    desk: Desk,
    assessment: Uid,
    data: bytes | Path,
    name: str,
    *,
    path: str = "",
    finding: Uid | None = None,
    subject: str = "",
    stance: str = "",
) -> Change:
    """Keep a photo or file and point to it from the question at `path`, from a finding, or from the whole.

    The original bytes are kept once under their SHA-256; of a photo an upright copy is made for screen and print. A
    picture that cannot be read is kept as a file (`remark_on` says so).

    Args:
        desk: who does it, where.
        assessment: a draft.
        data: the file's bytes; or where it lies, then what is no picture is never held in memory as a whole.
        name: the file's name as the person knows it.
        path: the question that it belongs to.
        finding: the finding that it points to.
        subject: the record that it stands for besides, as `noun:uid`.
        stance: what it says of that record: `for` or `against`, `before` or `after`.

    Raises:
        Refusal: the assessment is concluded, or the file is empty or too large.
        Trouble: the file cannot be read.
    """
    with desk.reader() as reader:
        place = known(reader, Place, draft(reader, assessment).place)
    made = kept_file(desk, data, name, place, assessment=assessment)
    evidence = msgspec.structs.replace(made, path=path, finding=finding, subject=subject, stance=stance)
    with desk.unit() as unit:
        draft(unit, assessment)
        if finding is not None:
            demand_same(known(unit, Finding, finding).assessment, assessment)
        unit.put(evidence)
        return unit.change_made(evidence.uid)


def kept_file(desk: Desk, data: bytes | Path, name: str, place: Place, *, assessment: Uid | None) -> Evidence:
    """Keep the bytes of a file and, of a photo, its upright copies; the record itself is yet to be put.

    Args:
        desk: who does it, where.
        data: the file's bytes; or where it lies.
        name: the file's name as the person knows it.
        place: where it was taken.
        assessment: uid of the assessment that it belongs to, if any.

    Raises:
        Refusal: the file is empty or too large.
        Trouble: the file cannot be read.
    """
    looked = _look_at(data, name)
    sha256, size = desk.store.evidence.keep(data)
    photo = looked.photo
    for side, jpeg in (photo.sizes if photo is not None else {}).items():
        desk.store.evidence.keep_preview(sha256, side, jpeg)
    return Evidence(
        uid=desk.ids(),
        assessment=assessment,
        sha256=sha256,
        name=PurePath(name.replace("\\", "/")).name,
        media_type=looked.media_type,
        size=size,
        width=photo.width if photo is not None else 0,
        height=photo.height if photo is not None else 0,
        added_at=desk.clock(),
        person=desk.person.uid,
        likeness=photo.likeness if photo is not None else "",
        taken_at=looked.remarks.taken_at(ZoneInfo(place.zone)),
    )


def check(data: bytes | Path, name: str) -> Photo | None:
    """Look at a file before anything is kept; what was made of it, if it is a photo that can be read.

    Raises:
        Refusal: it is empty or too large.
        Trouble: it cannot be read.
    """
    return _look_at(data, name).photo


def remark_on(item: Evidence) -> str:
    """What a person should know of a piece of evidence; empty when all is well."""
    if item.media_type.startswith("image/") and not item.width:
        return text("{name} cannot be shown as a picture; it is kept as a file, just as it came.", name=item.name)
    return ""


def point_to(desk: Desk, evidence: Uid, finding: Uid | None) -> Change:
    """Let a photo or file point to a finding, or to none."""
    with desk.unit() as unit:
        where = changeable(unit, evidence).assessment
        if finding is not None:
            demand_same(known(unit, Finding, finding).assessment, where)
        unit.change(Evidence, evidence, finding=finding)
        return unit.change_made(evidence)


def rename(desk: Desk, evidence: Uid, name: str) -> Change:
    """Give a photo or file another name; it is the caption in the window and the report.

    Raises:
        Refusal: the name is empty, or the assessment is concluded.
    """
    name = " ".join(name.split())
    if not name:
        raise Refusal("work.evidence_without_name")
    with desk.unit() as unit:
        changeable(unit, evidence)
        unit.change(Evidence, evidence, name=name)
        return unit.change_made(evidence)


def remove(desk: Desk, evidence: Uid) -> Change:
    """Take a photo or file away from the record; `restore` brings it back."""
    return _set_removed(desk, evidence, removed=True)


def restore(desk: Desk, evidence: Uid) -> Change:
    """Bring a removed photo or file back."""
    return _set_removed(desk, evidence, removed=False)


def _set_removed(desk: Desk, evidence: Uid, *, removed: bool) -> Change:
    with desk.unit() as unit:
        changeable(unit, evidence)
        unit.change(Evidence, evidence, removed=removed)
        return unit.change_made(evidence)


def read(file: Path) -> bytes:
    """The bytes of a file that is to be attached; one that could not be is not read at all.

    Raises:
        Refusal: `work.file_empty` (devices count as such), `work.file_too_large`.
        Trouble: `work.file_unreadable`.
    """
    _, size = _begun(file)
    _check_size(size, file.name)
    return _read(file)


def _look_at(data: bytes | Path, name: str) -> _Looked:
    head, size = _begun(data)
    _check_size(size, name)
    known_by_name = mimetypes.guess_type(name)[0] or _UNKNOWN
    if not begins_as_picture(head):
        return _Looked(known_by_name)
    whole = data if isinstance(data, bytes) else _read(data)
    try:
        photo = prepare(whole)
    except Refusal:  # broken, or larger than is safe to open: evidence all the same, kept as a file
        return _Looked(known_by_name)
    return _Looked(photo.media_type, photo, remarks_of(whole))


def _check_size(size: int, name: str) -> None:
    if not size:
        raise Refusal("work.file_empty", name=name)
    if size > FILE_LIMIT:
        raise Refusal("work.file_too_large", name=name, size=size // 2**20, limit=FILE_LIMIT // 2**20)


def begins_as_picture(head: bytes) -> bool:
    """True for JPEG, PNG and WebP, whatever the file is called."""
    return head.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def _begun(data: bytes | Path) -> tuple[bytes, int]:
    """The first bytes and the size of a file."""
    if isinstance(data, bytes):
        return data[:16], len(data)
    try:
        with data.open("rb") as file:
            return file.read(16), data.stat().st_size
    except OSError as error:
        raise _unreadable(data, error) from error


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise _unreadable(file, error) from error


def _unreadable(file: Path, error: OSError) -> Trouble:
    return Trouble("work.file_unreadable", name=file.name, why=error.strerror or type(error).__name__)
