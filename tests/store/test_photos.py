"""Photos: what cameras, phones, scanners and bad sticks really deliver."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from gemba.errors import Refusal
from gemba.store.photos import PRINT, THUMBNAIL, prepare
from gemba.wording import sentence

RED, GREEN, BLUE, WHITE = (220, 20, 30), (20, 200, 30), (20, 30, 220), (255, 255, 255)

# The program ignores these remarks of Pillow; the test runner makes every warning an error again.
PILLOW_REMARKS = pytest.mark.filterwarnings(r"ignore::UserWarning:PIL\..*")


def corners(width: int, height: int) -> Image.Image:
    """Upright: red top left, green top right, blue bottom left, white bottom right."""
    image = Image.new("RGB", (width, height), WHITE)
    image.paste(RED, (0, 0, width // 2, height // 2))
    image.paste(GREEN, (width // 2, 0, width, height // 2))
    image.paste(BLUE, (0, height // 2, width // 2, height))
    return image


def saved(image: Image.Image, kind: str = "JPEG", **options) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def opened(jpeg: bytes) -> Image.Image:
    image = Image.open(BytesIO(jpeg))
    assert image.format == "JPEG"
    return image.convert("RGB")


def near(found, expected, within: int = 24) -> bool:
    return all(abs(a - b) <= within for a, b in zip(found, expected, strict=True))


def shows_corners(jpeg: bytes) -> bool:
    image = opened(jpeg)
    x, y = image.width // 4, image.height // 4
    spots = [(x, y), (3 * x, y), (x, 3 * y), (3 * x, 3 * y)]
    return all(near(image.getpixel(at), colour) for at, colour in zip(spots, (RED, GREEN, BLUE, WHITE), strict=True))


def refusal(data: bytes) -> Refusal:
    with pytest.raises(Refusal) as caught:
        prepare(data)
    return caught.value


def png_header(width: int, height: int) -> bytes:
    """A PNG that only claims its size."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


# How each EXIF orientation lies in the file, given the upright picture (the inverse of what makes it upright).
LYING = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_upright_however_the_camera_was_held(orientation, kind):
    upright = corners(640, 480)
    lying = upright if LYING[orientation] is None else upright.transpose(LYING[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = prepare(saved(lying, kind, exif=exif.tobytes()))
    assert (photo.width, photo.height) == (640, 480)
    assert shows_corners(photo.sizes[PRINT])
    assert shows_corners(photo.sizes[THUMBNAIL])


def test_sizes_are_bounded_by_the_longest_edge_and_keep_the_aspect():
    photo = prepare(saved(corners(2400, 3200)))
    assert (photo.media_type, photo.width, photo.height) == ("image/jpeg", 2400, 3200)
    assert opened(photo.sizes[PRINT]).size == (1200, 1600)
    assert opened(photo.sizes[THUMBNAIL]).size == (240, 320)
    assert shows_corners(photo.sizes[PRINT])


def test_a_small_photo_is_not_enlarged():
    photo = prepare(saved(corners(200, 100)))
    assert {opened(jpeg).size for jpeg in photo.sizes.values()} == {(200, 100)}


def test_a_strip_stays_at_least_one_pixel_thin():
    photo = prepare(saved(Image.new("RGB", (9000, 2), RED), "PNG"))
    assert opened(photo.sizes[THUMBNAIL]).size == (320, 1)


def test_a_wrong_orientation_is_taken_as_upright():
    exif = Image.Exif()
    exif[0x0112] = 42
    assert shows_corners(prepare(saved(corners(64, 48), exif=exif.tobytes())).sizes[PRINT])


@PILLOW_REMARKS
def test_broken_remarks_do_not_cost_the_photo():
    broken = b"Exif\0\0MM\0*\0\0\0\x08\0\x05\x01\x12\0\x03\xff\xff\xff\xff"
    assert shows_corners(prepare(saved(corners(64, 48), exif=broken)).sizes[PRINT])


def test_the_copies_carry_no_remarks_of_the_camera():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Maker"
    photo = prepare(saved(corners(64, 48), exif=exif.tobytes(), comment=b"hidden"))
    for jpeg in photo.sizes.values():
        assert not {"exif", "comment", "icc_profile"} & Image.open(BytesIO(jpeg)).info.keys()


def test_transparency_lies_on_white_paper():
    image = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    image.paste((*RED, 255), (0, 0, 20, 40))
    for kind, options in (("PNG", {}), ("WEBP", {"lossless": True})):
        shown = opened(prepare(saved(image, kind, **options)).sizes[PRINT])
        assert near(shown.getpixel((8, 20)), RED)
        assert near(shown.getpixel((32, 20)), WHITE)


def test_a_palette_with_a_transparent_colour_lies_on_white_paper():
    image = Image.new("P", (40, 40), 0)
    image.putpalette([0, 0, 0, *RED])
    image.paste(1, (0, 0, 20, 40))
    shown = opened(prepare(saved(image, "PNG", transparency=0)).sizes[PRINT])
    assert near(shown.getpixel((8, 20)), RED)
    assert near(shown.getpixel((32, 20)), WHITE)


def test_sixteen_bits_of_grey_are_scaled_not_clipped():
    image = Image.new("I;16", (40, 40), 32_768)
    image.paste(65_535, (0, 0, 20, 40))
    shown = opened(prepare(saved(image, "PNG")).sizes[PRINT])
    assert near(shown.getpixel((8, 20)), WHITE, 3)
    assert near(shown.getpixel((32, 20)), (128, 128, 128), 3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_every_mode_of_a_png_becomes_a_colour_picture(mode):
    photo = prepare(saved(corners(64, 48).convert(mode), "PNG"))
    assert photo.media_type == "image/png"
    assert Image.open(BytesIO(photo.sizes[PRINT])).mode == "RGB"


def test_printing_inks_become_light():
    photo = prepare(saved(corners(64, 48).convert("CMYK")))
    assert shows_corners(photo.sizes[PRINT])


def test_of_an_animation_the_first_frame_counts():
    frames = [Image.new("RGB", (40, 40), colour) for colour in (RED, BLUE)]
    for kind in ("WEBP", "PNG"):
        data = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)
        assert near(opened(prepare(data).sizes[PRINT]).getpixel((20, 20)), RED)


def test_a_phone_picture_of_several_parts_is_a_jpeg():
    frames = [corners(64, 48), Image.new("RGB", (64, 48), BLUE)]
    photo = prepare(saved(frames[0], "MPO", save_all=True, append_images=frames[1:]))
    assert photo.media_type == "image/jpeg"
    assert shows_corners(photo.sizes[PRINT])


def test_an_empty_file_is_refused():
    assert refusal(b"").code == "photo.empty"


@pytest.mark.parametrize(
    "data",
    [
        b"hello",
        b"%PDF-1.7\n",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"RIFF\x04\0\0\0WEBP",
        saved(corners(8, 8), "GIF"),
    ],
)
def test_what_is_no_photo_is_refused(data):
    assert refusal(data).code == "photo.not_image"


@pytest.mark.parametrize("size", [(20_000, 10_000), (10_000, 6_000), (7_072, 7_072), (65_000, 65_000)])
def test_a_huge_picture_is_refused_from_its_header_in_one_sentence(size):
    error = refusal(png_header(*size))
    assert error.code == "photo.too_large"
    assert "50 megapixels" in sentence(error)


def test_a_huge_jpeg_and_webp_are_refused_from_their_headers():
    jpeg = saved(Image.new("L", (16, 16)))
    start = jpeg.index(b"\xff\xc0") + 5
    assert refusal(jpeg[:start] + struct.pack(">HH", 20_000, 10_000) + jpeg[start + 4 :]).code == "photo.too_large"
    wide, high = (16_000 - 1).to_bytes(3, "little"), (12_500 - 1).to_bytes(3, "little")
    frame = saved(Image.new("RGB", (16, 16)), "WEBP", lossless=True)[12:]
    body = b"WEBPVP8X" + struct.pack("<I", 10) + b"\0\0\0\0" + wide + high + frame
    assert refusal(b"RIFF" + struct.pack("<I", len(body)) + body).code in {"photo.too_large", "photo.not_image"}


def test_a_picture_of_just_the_limit_passes():
    photo = prepare(saved(Image.new("1", (10_000, 5_000), 1), "PNG"))
    assert (photo.width, photo.height) == (10_000, 5_000)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_that_breaks_off_is_refused(kind):
    noisy = Image.effect_noise((300, 200), 80).convert("RGB")
    whole = saved(noisy, kind)
    error = refusal(whole[: len(whole) // 2])
    assert error.code in {"photo.damaged", "photo.not_image"}
    assert "again" in sentence(error)


def test_a_jpeg_that_breaks_off_says_so():
    whole = saved(Image.effect_noise((3000, 2000), 80).convert("RGB"))
    assert refusal(whole[: len(whole) // 2]).code == "photo.damaged"


SOUND = [saved(corners(48, 32), kind, **options) for kind, options in (("JPEG", {}), ("PNG", {}), ("WEBP", {}))]


@PILLOW_REMARKS
@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SOUND), st.data())
def test_altered_bytes_are_shown_or_refused_and_never_anything_else(sound, data):
    altered = bytearray(sound)
    changes = st.lists(st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255)), min_size=1, max_size=6)
    for at, value in data.draw(changes):
        altered[at] = value
    with suppress(Refusal):
        assert set(prepare(bytes(altered)).sizes) == {PRINT, THUMBNAIL}
