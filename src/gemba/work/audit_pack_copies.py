"""Copies of evidence for an audit pack: redactions burned in, no remarks of the camera, as large as was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO

from gemba.domain.evidence import Evidence
from gemba.errors import Refusal
from gemba.store.evidence_files import EvidenceFiles
from gemba.store.photos import PRINT
from gemba.store.shown import shown
from gemba.work.audit_pack_choice import Resolution
from gemba.work.desk import Desk
from gemba.work.give_out_evidence import copy_of
from gemba.work.plain_jpeg import plain_jpeg

SMALL = 800
"""Pixels on the longer side of the smallest copies, and of the photos in the binder: 250 dots per inch there."""
_PIECE, _QUALITY = 1 << 18, 85


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
    return (picture,)


def picture_of(desk: Desk, item: Evidence, resolution: Resolution = Resolution.SMALL) -> bytes | None:
    """A small upright copy of a picture as JPEG; `None` when there is none to show."""
    large = shown(desk.store.evidence, item, PRINT)
    if large is None or resolution is not Resolution.SMALL or max(item.width, item.height) <= SMALL:
        return large
    return _halved(large)


def _original(desk: Desk, item: Evidence) -> bytes:
    """At its full size: the very picture when nothing was drawn over it and it stands upright, else drawn anew."""
    if item.media_type == "image/jpeg" and not item.marks:
        data = desk.store.evidence.read(item.sha256)
        plain = plain_jpeg(data) if _is_upright(data) else None
        if plain is not None:
            return plain
    return copy_of(desk, item)


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
        with Image.open(BytesIO(data), formats=("JPEG",)) as image:
            return bool(image.getexif().get(0x0112, 1) == 1) and image.mode in {"RGB", "L"}
    except (OSError, ValueError, SyntaxError):
        return False


def _streamed(files: EvidenceFiles, sha256: str) -> Iterator[bytes]:
    with files.open(sha256) as file:
        yield from iter(lambda: file.read(_PIECE), b"")
