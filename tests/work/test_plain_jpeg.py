"""JPEGs lose the camera's words and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from tests.store.picturing import as_file, opened, scene

from gemba.work.plain_jpeg import plain_jpeg


def told(**options) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "TellingCamera"
    return as_file(scene(3, (400, 300)), exif=exif, comment=b"told by a person", quality=80, **options)


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"icc_profile": b"a profile"}, {"restart_marker_rows": 1}]
)
def test_the_picture_is_the_same_to_the_bit(options) -> None:
    data = told(**options)
    plain = plain_jpeg(data)
    assert plain is not None
    assert b"TellingCamera" in data
    assert b"Telling" not in plain
    assert b"told by" not in plain
    assert opened(plain).tobytes() == opened(data).tobytes()
    assert opened(plain).info.get("icc_profile") == options.get("icc_profile")


def test_what_hangs_behind_the_end_is_cut_off() -> None:
    plain = plain_jpeg(told() + told())
    assert plain == plain_jpeg(told())
    assert plain is not None
    assert plain.endswith(b"\xff\xd9")


@given(st.integers(0, 3000))
def test_what_is_cut_is_not_given(end: int) -> None:
    data = told()
    assert plain_jpeg(data[: min(end, len(data) - 3)]) is None


@given(st.binary(max_size=300))
def test_anything_else_is_not_given(data: bytes) -> None:
    found = plain_jpeg(b"\xff\xd8" + data)
    assert found is None or found.endswith(b"\xff\xd9")
    assert plain_jpeg(as_file(scene(1, (20, 20)), "PNG")) is None
