"""A workbook that took long is looked through once; what lies on the disk tells nobody else what it says."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from gemba import wording
from gemba.forms import looked_before
from gemba.forms.inspecting import Inspection, inspect
from gemba.forms.looked_before import remembering

FORM = b"""| survey |
| | type | name | label |
| | text | q | Is the blast furnace cold? |
"""
OTHER = FORM.replace(b"cold", b"warm")


class Counted:
    """Looks workbooks through and counts."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(
        self, source: bytes, name: str, files: Mapping[str, bytes], stage: Callable[[str], object]
    ) -> Inspection:
        self.times += 1
        return inspect(source, name, files, stage)


def silent(_words: str) -> None:
    pass


def test_the_same_workbook_is_looked_through_once(tmp_path: Path) -> None:
    counted = Counted()
    first = remembering(tmp_path, counted, worth=0)(FORM, "form.md", {}, silent)
    again = remembering(tmp_path, counted, worth=0)(FORM, "form.md", {}, silent)
    assert first == again
    assert counted.times == 1


@pytest.mark.parametrize(
    ("source", "name", "files"),
    [(OTHER, "form.md", {}), (FORM, "other.md", {}), (FORM, "form.md", {"a.csv": b"name,label\n1,One\n"})],
)
def test_another_workbook_name_or_list_is_looked_through_anew(
    tmp_path: Path, source: bytes, name: str, files: dict[str, bytes]
) -> None:
    counted = Counted()
    look = remembering(tmp_path, counted, worth=0)
    look(FORM, "form.md", {}, silent)
    look(source, name, files, silent)
    assert counted.times == 2


def test_repairs_are_told_in_the_language_of_now(tmp_path: Path) -> None:
    counted = Counted()
    look = remembering(tmp_path, counted, worth=0)
    look(FORM, "form.md", {}, silent)
    before = wording.language()
    wording.use("de")
    try:
        look(FORM, "form.md", {}, silent)
    finally:
        wording.use(before)
    assert counted.times == 2


@pytest.mark.parametrize("damage", [b"", b"nonsense", None])
def test_a_damaged_entry_is_as_none(tmp_path: Path, damage: bytes | None) -> None:
    counted = Counted()
    look = remembering(tmp_path, counted, worth=0)
    found = look(FORM, "form.md", {}, silent)
    (entry,) = tmp_path.iterdir()
    entry.write_bytes(entry.read_bytes()[:-1] if damage is None else damage)
    assert look(FORM, "form.md", {}, silent) == found
    assert look(FORM, "form.md", {}, silent) == found
    assert counted.times == 2


def test_nothing_readable_lies_on_the_disk(tmp_path: Path) -> None:
    remembering(tmp_path, worth=0)(FORM, "form.md", {}, silent)
    (entry,) = tmp_path.iterdir()
    assert b"furnace" not in entry.read_bytes()
    assert b"question" not in entry.read_bytes()


def test_what_was_found_soon_is_not_kept(tmp_path: Path) -> None:
    remembering(tmp_path / "none", worth=1000)(FORM, "form.md", {}, silent)
    assert not (tmp_path / "none").exists()


def test_what_was_called_off_is_not_kept(tmp_path: Path) -> None:
    def called_off(_words: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        remembering(tmp_path, worth=0)(FORM, "form.md", {}, called_off)
    assert not list(tmp_path.iterdir())


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look = remembering(tmp_path, worth=0)
    look(FORM, "form.md", {}, silent)
    (oldest,) = tmp_path.iterdir()
    os.utime(oldest, (1, 1))
    monkeypatch.setattr(looked_before, "MOST_BYTES", oldest.stat().st_size * 4 + 8)
    for number in range(5):
        look(FORM.replace(b"cold", b"col" + str(number).encode()), "form.md", {}, silent)
    assert not oldest.exists()
    assert len(list(tmp_path.iterdir())) == 4


def test_a_folder_that_cannot_be_written_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    found = remembering(tmp_path / "file" / "below", worth=0)(FORM, "form.md", {}, silent)
    assert found.form is not None
