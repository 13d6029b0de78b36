"""Copies of evidence for an audit pack: redactions burned in, no remarks of the camera, as large as was asked for.

No copy has more pixels than its original. Nor has it more bytes: where drawing it anew gains nothing, the very picture
is given, without its remarks; where it must be drawn anew it is drawn more coarsely, as far as it stays good to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from gemba.domain.evidence import Evidence
from gemba.errors import GembaError, Refusal
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.photos import PRINT
from gemba.store.shown import shown
from gemba.work.audit_pack_choice import Resolution
from gemba.work.desk import Desk
from gemba.work.give_out_evidence import copy_of
from gemba.work.plain_jpeg import plain_jpeg
from gemba.work.plain_png import plain_png
from gemba.work.plain_webp import plain_webp

SMALL = 800
"""Pixels on the longer side of the smallest copies, and of the photos in the binder: 250 dots per inch there."""
_PIECE, _QUALITY = 1 << 18, 85
_COARSER = (80, 72, 65)
"""Qualities that are tried when a copy would be heavier than its original; below the last, writing becomes unclear."""
_FAR_HEAVIER = 2
"""An original that weighs so many times as much as its copy is not read again to see whether it is lighter."""
_PLAIN = {"image/jpeg": plain_jpeg, "image/png": plain_png, "image/webp": plain_webp}
"""What takes the remarks out and leaves the picture as it is."""


def copy_at(desk: Desk, item: Evidence, resolution: Resolution) -> Iterable[bytes]:
    """The bytes of a copy, in pieces.

    Args:
        desk: of the store.
        item: the evidence.
        resolution: of photos; other files come as they are.

    Raises:
        Refusal: `work.copy_not_stripped` or `photo.*`: a picture that cannot be read, so that nothing can be taken out.
        Trouble: `store.evidence_missing`, `store.evidence_damaged`.
    """
    if not item.width:
        if item.media_type.startswith("image/"):
            raise Refusal("work.copy_not_stripped", name=item.name)
        return _streamed(desk.store.evidence, item.sha256)
    if resolution is Resolution.ORIGINAL:
        return (_original(desk, item),)
    picture = picture_of(desk, item, resolution)
    if picture is None:
        desk.store.evidence.read(item.sha256)  # tells when it is missing or damaged
        raise Refusal("work.copy_not_stripped", name=item.name)
    # A JPEG was compared when its copy was drawn; the binder, for which that is done, prints no other formats.
    compared = item.media_type == "image/jpeg" or item.size > _FAR_HEAVIER * len(picture)
    plain = None if compared else _plain(desk, item)
    return (plain if plain is not None and len(plain) <= len(picture) else picture,)


def ending_of(picture: bytes) -> str:
    """How the file of a copied picture ends."""
    if picture.startswith(b"\x89PNG"):
        return ".png"
    return ".webp" if picture[8:12] == b"WEBP" else ".jpg"


def picture_of(desk: Desk, item: Evidence, resolution: Resolution = Resolution.SMALL) -> bytes | None:
    """A small upright copy of a picture as JPEG, no heavier than the original; `None` when there is none to show."""
    drawn = shown(desk.store.evidence, item, PRINT)
    if drawn is None:
        return None
    if resolution is Resolution.SMALL and max(item.width, item.height) > SMALL:
        drawn = _halved(drawn)
    if item.size > _FAR_HEAVIER * len(drawn):
        return drawn
    plain = _plain(desk, item) if item.media_type == "image/jpeg" else None
    return plain if plain is not None and len(plain) <= len(drawn) else _within(item.size, drawn)


def _original(desk: Desk, item: Evidence) -> bytes:
    """At its full size: the very picture when nothing was drawn over it and it stands upright, else drawn anew."""
    plain = _plain(desk, item)
    if plain is not None:
        return plain
    drawn = copy_of(desk, item)
    return drawn if ending_of(drawn) == ".png" else _within(item.size, drawn)


def _plain(desk: Desk, item: Evidence) -> bytes | None:
    """The very picture without its remarks; `None` when it must be drawn anew, or is not here."""
    if item.marks or item.media_type not in _PLAIN:
        return None
    try:
        data = desk.store.evidence.read(item.sha256)
    except GembaError:
        return None
    if not _is_upright(data):
        return None
    return _PLAIN[item.media_type](data)


def _within(most: int, jpeg: bytes) -> bytes:
    """A picture with at most so many bytes, as far as coarser drawing brings it there."""
    from PIL import Image

    found = jpeg
    for quality in _COARSER:
        if len(found) <= most:
            break
        out = BytesIO()
        with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
            plain = image.convert("RGB")
        plain.info.clear()
        plain.save(out, "JPEG", quality=quality, optimize=True)
        found = min(found, out.getvalue(), key=len)
    return found


def _halved(jpeg: bytes) -> bytes:
    """An upright JPEG of ours with `SMALL` pixels on its longer side; JPEG halves while decoding, which is quick."""
    from PIL import Image

    out = BytesIO()
    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as image:
        share = SMALL / max(image.size)
        target = max(1, round(image.width * share)), max(1, round(image.height * share))
        image.draft("RGB", target)
        plain = image.convert("RGB")
    if plain.size != target:
        plain = plain.resize(target, Image.Resampling.BICUBIC, reducing_gap=2.0)
    plain.info.clear()
    plain.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _is_upright(data: bytes) -> bool:
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as image:
            modes = {"RGB", "L", "P", "1"} if image.format == "PNG" else {"RGB", "L"}
            return bool(image.getexif().get(0x0112, 1) == 1) and image.mode in modes and not image.has_transparency_data
    except (OSError, ValueError, SyntaxError):
        return False


def _streamed(files: EvidenceFiles, sha256: str) -> Iterator[bytes]:
    with files.open(sha256) as file:
        yield from iter(lambda: file.read(_PIECE), b"")
