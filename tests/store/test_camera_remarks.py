"""When, where and with what a photo was taken, as far as the camera says so."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from tests.store.picturing import as_file, camera_photo, opened, scene

from gemba.store.camera_remarks import Remarks, position_remarks, remarks_of

PARIS = ZoneInfo("Europe/Paris")


def test_time_device_and_position_are_read() -> None:
    found = remarks_of(camera_photo(offset="+05:30", position=(48.8566, -2.3522, 35.0)))
    assert found.taken == datetime(2026, 3, 2, 14, 30, 5, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    assert found.device == "Ficta One"
    assert found.position is not None
    assert found.position.latitude == pytest.approx(48.8566, abs=1e-6)
    assert found.position.longitude == pytest.approx(-2.3522, abs=1e-6)
    assert found.position.altitude == pytest.approx(35)
    assert found.position.accuracy == pytest.approx(4.5)


def test_a_camera_that_tells_no_zone_goes_by_the_place() -> None:
    taken = remarks_of(camera_photo()).taken_at(PARIS)
    assert taken is not None
    assert taken.astimezone(UTC) == datetime(2026, 3, 2, 13, 30, 5, tzinfo=UTC)
    told = remarks_of(camera_photo(offset="-03:00")).taken_at(PARIS)
    assert told is not None
    assert told.astimezone(UTC) == datetime(2026, 3, 2, 17, 30, 5, tzinfo=UTC)


@pytest.mark.parametrize("data", [b"", b"no photo", as_file(scene(1, (64, 48))), as_file(scene(1, (64, 48)), "PNG")])
def test_where_nothing_is_said_nothing_is_known(data: bytes) -> None:
    assert remarks_of(data) == Remarks()


@pytest.mark.parametrize("taken", ["0000:00:00 00:00:00", "2026-03-02", "    :  :     :  :  ", "2026:13:40 99:00:00"])
def test_a_senseless_time_is_no_time(taken: str) -> None:
    assert remarks_of(camera_photo(taken=taken)).taken is None


def test_the_middle_of_the_ocean_is_a_camera_that_has_not_found_itself() -> None:
    assert remarks_of(camera_photo(position=(0.0, 0.0, 0.0))).position is None


def test_a_copy_may_carry_time_place_and_device_and_nothing_else() -> None:
    photo = camera_photo(offset="+01:00", position=(-33.5, 151.25, -3.0))
    copy = as_file(opened(photo).convert("RGB"), exif=position_remarks(photo))
    assert remarks_of(copy) == remarks_of(photo)
    exif = Image.open(BytesIO(copy)).getexif()
    assert 0xA430 not in exif.get_ifd(0x8769)
    assert position_remarks(b"no photo") == b""


# The program ignores these remarks of Pillow; the test runner makes every warning an error again.
@pytest.mark.filterwarnings(r"ignore::UserWarning:PIL\..*")
@settings(max_examples=80, deadline=None)
@given(st.data())
def test_altered_remarks_never_stop_anything(data) -> None:
    photo = bytearray(camera_photo(size=(32, 24), position=(1.0, 2.0, 3.0)))
    for _ in range(data.draw(st.integers(1, 20))):
        photo[data.draw(st.integers(0, min(400, len(photo) - 1)))] = data.draw(st.integers(0, 255))
    remarks_of(bytes(photo))
    position_remarks(bytes(photo))
