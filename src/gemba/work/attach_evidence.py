"""Attach photos and files to an answer or a finding."""

from __future__ import annotations

import mimetypes
from pathlib import PurePath

from gemba.domain.change import Change
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.store.photos import Photo, prepare
from gemba.work.desk import Desk
from gemba.work.records import demand_same, draft, known

FILE_LIMIT = 100 * 1024 * 1024
"""Bytes of one attached file. Checked here, at capture, so that nothing recorded is ever too large to send."""


def attach(
    desk: Desk, assessment: Uid, data: bytes, name: str, *, path: str = "", finding: Uid | None = None
) -> Change:
    """Keep a photo or file and point to it from the question at `path`, from a finding, or from the whole.

    The original bytes are kept once under their SHA-256; of a photo an upright copy is made for screen and print.

    Args:
        desk: who does it, where.
        assessment: a draft.
        data: the file's bytes.
        name: the file's name as the person knows it.
        path: the question that it belongs to.
        finding: the finding that it points to.

    Raises:
        Refusal: the assessment is concluded, the file is empty or too large, or a picture is none.
    """
    with desk.reader() as reader:
        draft(reader, assessment)
    photo = check(data, name)
    media_type, width, height = _media_type(name), 0, 0
    sha256, size = desk.store.evidence.keep(data)
    if photo is not None:
        media_type, width, height = photo.media_type, photo.width, photo.height
        for side, jpeg in photo.sizes.items():
            desk.store.evidence.keep_preview(sha256, side, jpeg)
    evidence = Evidence(
        uid=desk.ids(),
        assessment=assessment,
        path=path,
        finding=finding,
        sha256=sha256,
        name=PurePath(name.replace("\\", "/")).name,
        media_type=media_type,
        size=size,
        width=width,
        height=height,
        added_at=desk.clock(),
        person=desk.person.uid,
    )
    with desk.unit() as unit:
        draft(unit, assessment)
        if finding is not None:
            demand_same(known(unit, Finding, finding).assessment, assessment)
        unit.put(evidence)
        return unit.change_made(evidence.uid)


def check(data: bytes, name: str) -> Photo | None:
    """Look at a file before anything is kept; what was made of it, if it is a photo.

    Raises:
        Refusal: it is empty, too large, or a picture that is none.
    """
    if not data:
        raise Refusal("work.file_empty", name=name)
    if len(data) > FILE_LIMIT:
        raise Refusal("work.file_too_large", name=name, size=len(data) // 2**20, limit=FILE_LIMIT // 2**20)
    return prepare(data) if _media_type(name).startswith("image/") else None


def point_to(desk: Desk, evidence: Uid, finding: Uid | None) -> Change:
    """Let a photo or file point to a finding, or to none."""
    with desk.unit() as unit:
        where = draft(unit, known(unit, Evidence, evidence).assessment)
        if finding is not None:
            demand_same(known(unit, Finding, finding).assessment, where.uid)
        unit.change(Evidence, evidence, finding=finding)
        return unit.change_made(evidence)


def remove(desk: Desk, evidence: Uid) -> Change:
    """Take a photo or file away from the record; `restore` brings it back."""
    return _set_removed(desk, evidence, removed=True)


def restore(desk: Desk, evidence: Uid) -> Change:
    """Bring a removed photo or file back."""
    return _set_removed(desk, evidence, removed=False)


def _set_removed(desk: Desk, evidence: Uid, *, removed: bool) -> Change:
    with desk.unit() as unit:
        draft(unit, known(unit, Evidence, evidence).assessment)
        unit.change(Evidence, evidence, removed=removed)
        return unit.change_made(evidence)


def _media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or "application/octet-stream"
