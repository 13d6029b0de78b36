"""WebPs lose the camera's words and nothing else."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.store.picturing import opened, scene

from gemba.work.plain_webp import plain_webp


def told(**options) -> bytes:
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = "TellingCamera"
    scene(3, (401, 300)).save(out, "WEBP", exif=exif, xmp=b"<x>told by a person</x>", **{"quality": 80, **options})
    return out.getvalue()


@pytest.mark.parametrize("options", [{}, {"lossless": True}, {"icc_profile": b"a profile"}])
def test_the_picture_is_the_same_to_the_bit(options) -> None:
    data = told(**options)
    plain = plain_webp(data)
    assert plain is not None
    assert b"TellingCamera" in data
    assert b"Telling" not in plain
    assert b"told by" not in plain
    assert opened(plain).tobytes() == opened(data).tobytes()
    assert opened(plain).info.get("icc_profile") == options.get("icc_profile")
    assert not opened(plain).getexif()
    assert plain_webp(plain) == plain


def test_what_hangs_behind_the_end_is_cut_off() -> None:
    assert plain_webp(told() + b"told by a person") == plain_webp(told())


def test_what_moves_or_can_be_seen_through_is_not_given() -> None:
    moving, clear = BytesIO(), BytesIO()
    scene(1, (40, 30)).save(moving, "WEBP", save_all=True, append_images=[scene(2, (40, 30))])
    sheet = scene(1, (40, 30)).convert("RGBA")
    sheet.putalpha(90)
    sheet.save(clear, "WEBP", quality=50)
    assert plain_webp(moving.getvalue()) is None
    assert plain_webp(clear.getvalue()) is None


@given(st.integers(0, 3000))
def test_what_is_cut_is_not_given(end: int) -> None:
    data = told()
    assert plain_webp(data[: min(end, len(data) - 1)]) is None


@given(st.binary(max_size=300))
def test_anything_else_is_not_given(data: bytes) -> None:
    found = plain_webp(b"RIFF" + len(data).to_bytes(4, "little") + b"WEBP" + data)
    assert found is None or found[8:12] == b"WEBP"
    assert plain_webp(data) is None
