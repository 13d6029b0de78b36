"""Codes on a photo: QR, Data Matrix, Aztec, PDF417, EAN, UPC, Code 128, Code 39, ITF and others (zxing-cpp)."""

from __future__ import annotations

import msgspec

from gemba.store.photos import upright


class Code(msgspec.Struct, frozen=True):
    """One code that was read."""

    text: str
    sort: str
    """Of code, as people call it: `QR Code`, `EAN-13`, `Code 128`."""


def codes_in(data: bytes) -> list[Code]:
    """The codes on a photo, each once, in the order of reading.

    Args:
        data: JPEG, PNG or WebP.

    Raises:
        Refusal: it is no photo (`photo.*`).
    """
    import zxingcpp

    found = zxingcpp.read_barcodes(upright(data).convert("L"))
    codes = [Code(code.text, str(code.format)) for code in found if code.valid and code.text]
    return list(dict.fromkeys(codes))
