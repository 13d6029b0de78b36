"""Codes are read from photos, also turned and small within a larger picture."""

from __future__ import annotations

import pytest
import zxingcpp
from PIL import Image
from tests.store.picturing import as_file, scene

from gemba.errors import Refusal
from gemba.store.barcodes import Code, codes_in


def code(text: str, sort: str, scale: int = 4) -> Image.Image:
    made = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, sort))
    drawn = memoryview(zxingcpp.write_barcode_to_image(made, scale=scale))
    return Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), bytes(drawn)).convert("RGB")


def on_a_photo(*codes: Image.Image) -> Image.Image:
    photo = scene(9, (1600, 1200))
    for number, drawn in enumerate(codes):
        framed = Image.new("RGB", (drawn.width + 80, drawn.height + 80), "white")
        framed.paste(drawn, (40, 40))
        photo.paste(framed, (60 + 760 * (number % 2), 60 + 560 * (number // 2)))
    return photo


@pytest.mark.parametrize(
    ("text", "sort", "named"),
    [
        ("https://example.org/asset/17", "QRCode", "QR Code"),
        ("4006381333931", "EAN13", "EAN-13"),
        ("PUMP-0042", "Code128", "Code 128"),
        ("A7 \u00e9", "DataMatrix", "Data Matrix"),
    ],
)
def test_codes_are_read(text: str, sort: str, named: str) -> None:
    assert codes_in(as_file(on_a_photo(code(text, sort)), quality=70)) == [Code(text, named)]


def test_a_turned_photo_and_several_codes_are_read() -> None:
    photo = on_a_photo(code("one", "QRCode"), code("TWO", "Code128")).rotate(90, expand=True)
    assert {each.text for each in codes_in(as_file(photo))} == {"one", "TWO"}


def test_a_photo_without_a_code_has_none_and_no_photo_is_refused() -> None:
    assert codes_in(as_file(scene(2, (400, 300)))) == []
    with pytest.raises(Refusal):
        codes_in(b"no photo")
