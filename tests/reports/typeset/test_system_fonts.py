from __future__ import annotations

import struct
from pathlib import Path

import pytest

from gemba.reports.typeset import system_fonts

FONTS = Path(__file__).parents[1] / "fonts"


@pytest.fixture(autouse=True)
def no_fontconfig(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))


def _collection(font: bytes, count: int) -> bytes:
    """The same font several times, as a collection whose tables are shared."""
    head = struct.pack(">4sHHI", b"ttcf", 1, 0, count)
    tables = int.from_bytes(font[4:6], "big")
    shift = len(head) + 4 * count
    directory = bytearray(font[: 12 + 16 * tables])
    for at in range(12, len(directory), 16):
        (offset,) = struct.unpack_from(">I", directory, at + 8)
        struct.pack_into(">I", directory, at + 8, offset + shift)
    return head + struct.pack(f">{count}I", *[shift] * count) + bytes(directory) + font[len(directory) :]


def test_a_font_pack_is_looked_at_first():
    face = system_fonts.find("现", "Han", "zh", [FONTS], bold=False)
    assert face is not None
    assert face.file.parent == FONTS


def test_a_collection_is_a_font_pack_too(tmp_path):
    font = next(FONTS.glob("*.otf")).read_bytes()
    (tmp_path / "all.ttc").write_bytes(_collection(font, 3))
    face = system_fonts.find("现", "Han", "zh", [tmp_path], bold=True)
    assert face is not None
    assert face.has("场")


def test_what_no_font_writes_is_not_found():
    assert system_fonts.find("\U00012000", "Cuneiform", "en", [FONTS], bold=False) is None


def test_broken_fonts_and_missing_folders_are_passed_over(tmp_path):
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 nothing")
    (tmp_path / "empty.otf").write_bytes(b"")
    assert system_fonts.find("\U00012000", "Cuneiform", "en", [tmp_path, tmp_path / "gone"], bold=False) is None
