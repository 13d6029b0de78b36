from __future__ import annotations

import io

import pytest
from PIL import Image
from report_samples import jpeg as sample

from gemba.reports.paper import jpeg


def _opened(found: jpeg.Jpeg) -> Image.Image:
    return Image.open(io.BytesIO(found.data))


def test_a_small_upright_photo_is_passed_on_without_encoding_again():
    data = sample(640, 480)
    found = jpeg.load(data)
    assert (found.width, found.height, found.grey) == (640, 480, False)
    assert found.data.endswith(data[data.index(b"\xff\xda") :])


def test_a_large_photo_is_made_smaller_and_keeps_its_shape():
    found = jpeg.load(sample(4000, 3000))
    assert (found.width, found.height) == (1600, 1200)
    assert _opened(found).size == (1600, 1200)


def test_camera_data_with_the_position_stay_out_of_the_report():
    exif = Image.Exif()
    exif[0x010F] = "SECRET CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    data = sample(320, 240, exif=exif)
    assert b"SECRET" in data
    assert b"SECRET" not in jpeg.load(data).data
    assert _opened(jpeg.load(data)).size == (320, 240)


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_grey_and_print_colours_are_understood(mode):
    out = io.BytesIO()
    Image.open(io.BytesIO(sample(200, 100))).convert(mode).save(out, "JPEG")
    found = jpeg.load(out.getvalue())
    assert found.grey == (mode == "L")
    assert _opened(found).mode == ("L" if mode == "L" else "RGB")


def test_progressive_photos_are_passed_on():
    data = sample(320, 240, progressive=True)
    assert len(jpeg.load(data).data) <= len(data)
    assert jpeg.load(data).width == 320


@pytest.mark.parametrize("data", [b"", b"no picture", b"\xff\xd8", b"\xff\xd8\xff\xe0\x00\x10JFIF", sample()[:600]])
def test_what_is_no_picture_is_an_error(data):
    with pytest.raises(OSError, match=r".*"):
        jpeg.load(data)
    assert jpeg.size(b"no picture") == (0, 0)


def test_the_upright_size_is_told_from_the_head(tmp_path):
    exif = Image.Exif()
    exif[0x0112] = 6
    file = tmp_path / "turned.jpg"
    file.write_bytes(sample(400, 300, exif=exif))
    assert jpeg.size(file) == (300, 400)
    assert jpeg.size(tmp_path / "gone.jpg") == (0, 0)
