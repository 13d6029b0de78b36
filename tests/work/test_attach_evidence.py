"""Photos and files come in: from memory or from a stick, whole or broken."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.store.picturing import as_file, camera_photo, scene

from gemba.domain.evidence import Evidence
from gemba.domain.templates import Template
from gemba.errors import Refusal, Trouble
from gemba.store.photos import PRINT
from gemba.store.shown import shown
from gemba.work import attach_evidence, conduct
from gemba.work.attach_evidence import attach, remark_on
from gemba.work.desk import Desk
from gemba.work.places import add_place


def kept(desk: Desk, uid: str) -> Evidence:
    with desk.reader() as reader:
        found = reader.get(Evidence, uid)
    assert found is not None
    return found


def test_a_photo_brings_its_likeness_and_when_it_was_taken(desk: Desk) -> None:
    with desk.reader() as reader:
        template = reader.find(Template, kind="area_audit")[0]
    walk = conduct.start(desk, template.uid, add_place(desk, "Depot", zone="Asia/Kolkata").uid).uid
    item = kept(desk, attach(desk, walk, camera_photo(), "a.jpg").uid)
    assert len(item.likeness) == 16
    assert item.taken_at == datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC), "14:30 at the place, which is 5:30 ahead"
    told = kept(desk, attach(desk, walk, camera_photo(offset="Z"), "b.jpg").uid)
    assert told.taken_at == datetime(2026, 3, 2, 14, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("photo.jpg", b"this is no picture"),
        ("photo.png", b"\x89PNG\r\n\x1a\n" + bytes(20)),
        ("cut.jpg", as_file(scene(1))[:3000]),
        ("apple.heic", b"\0\0\0\x18ftypheic" + bytes(40)),
    ],
)
def test_a_broken_picture_is_kept_as_a_file_with_a_word(desk: Desk, audit: str, name: str, data: bytes) -> None:
    item = kept(desk, attach(desk, audit, data, name).uid)
    assert (item.width, item.likeness, item.taken_at) == (0, "", None)
    assert desk.store.evidence.read(item.sha256) == data
    assert name in remark_on(item)
    assert shown(desk.store.evidence, item) is None


def test_a_picture_is_known_by_its_content_and_not_by_its_name(desk: Desk, audit: str) -> None:
    item = kept(desk, attach(desk, audit, as_file(scene(1)), "DSC0001").uid)
    assert (item.media_type, item.width) == ("image/jpeg", 1200)
    assert remark_on(item) == ""


def test_a_file_is_kept_from_where_it_lies(desk: Desk, audit: str, tmp_path: Path) -> None:
    film, photo = tmp_path / "machine.mp4", tmp_path / "machine.jpg"
    film.write_bytes(b"film" * 300_000)
    photo.write_bytes(as_file(scene(2)))
    item = kept(desk, attach(desk, audit, film, film.name).uid)
    assert (item.media_type, item.size) == ("video/mp4", 1_200_000)
    assert desk.store.evidence.read(item.sha256) == film.read_bytes()
    assert kept(desk, attach(desk, audit, photo, photo.name).uid).width == 1200
    with pytest.raises(Trouble, match=r"work\.file_unreadable"):
        attach(desk, audit, tmp_path / "gone.mp4", "gone.mp4")


def test_a_large_file_is_refused_before_it_is_read(desk: Desk, audit: str, tmp_path: Path) -> None:
    huge = tmp_path / "huge.mp4"
    with huge.open("wb") as file:
        file.truncate(attach_evidence.FILE_LIMIT + 1)
    with pytest.raises(Refusal) as refused:
        attach(desk, audit, huge, huge.name)
    assert refused.value.code == "work.file_too_large"
    with pytest.raises(Refusal, match=r"work\.file_too_large"):
        attach_evidence.read(huge)


def test_a_lost_preview_is_made_anew(desk: Desk, audit: str) -> None:
    item = kept(desk, attach(desk, audit, as_file(scene(3)), "a.jpg").uid)
    before = shown(desk.store.evidence, item)
    for file in (desk.store.folder / "previews").rglob("*.age"):
        file.unlink()
    assert desk.store.evidence.preview(item.sha256, PRINT) is None
    assert shown(desk.store.evidence, item) == before


def test_another_name_is_the_caption(desk: Desk, audit: str) -> None:
    uid = attach(desk, audit, as_file(scene(3)), "IMG_0001.jpg").uid
    attach_evidence.rename(desk, uid, "  The guard  is open ")
    assert kept(desk, uid).name == "The guard is open"
    with pytest.raises(Refusal, match=r"work\.evidence_without_name"):
        attach_evidence.rename(desk, uid, "  ")
