"""No copy has more pixels or bytes than its original, and nothing that was hidden or remarked is left in it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin
from tests.store.picturing import as_file, scene
from tests.work.audit_packing import QUARTER, packed, walk
from tests.work.test_mark_evidence import is_hidden

from gemba.domain.evidence import Mark, MarkShape
from gemba.work import audit_pack
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.desk import Desk
from gemba.work.places import add_place
from gemba.work.plain_webp import plain_webp


def a_drawing() -> bytes:
    """A plain drawing, which PNG keeps in fewer bytes than JPEG, with a remark."""
    image, out = Image.new("RGB", (640, 480), "white"), BytesIO()
    for at in range(0, 480, 16):
        image.paste((0, 0, 90), (at, at // 2, at + 90, at // 2 + 3))
    remarks = PngImagePlugin.PngInfo()
    remarks.add_text("Author", "Erika Muster")
    image.save(out, "PNG", pnginfo=remarks, optimize=True)
    return out.getvalue()


def turned(quality: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return as_file(scene(4, (900, 600)), quality=quality, exif=exif)


def as_webp(quality: int = 100, size: tuple[int, int] = (1200, 900), camera: str = "Erika Muster") -> bytes:
    exif, out = Image.Exif(), BytesIO()
    exif[0x010F] = camera
    scene(5, size).save(out, "WEBP", quality=quality, exif=exif)
    return out.getvalue()


ORIGINALS = {
    "coarse": lambda: as_file(scene(1, (640, 480)), quality=25),
    "coarse and large": lambda: as_file(scene(2, (2400, 1800)), quality=8),
    "turned": lambda: turned(85),
    "drawing": a_drawing,
    "webp": as_webp,
    "light webp": lambda: as_webp(10),
    "light and large webp": lambda: as_webp(5, (2400, 1800)),
    "usual": lambda: as_file(scene(3, (2000, 1500)), quality=92),
}


@pytest.mark.parametrize("resolution", list(Resolution))
@pytest.mark.parametrize("name", list(ORIGINALS))
def test_no_copy_is_larger_than_its_original(desk: Desk, tmp_path: Path, name: str, resolution: Resolution) -> None:
    original = ORIGINALS[name]()
    walk(desk, add_place(desk, "Harbour").uid, original)
    _, opened = packed(desk, tmp_path, evidence=resolution)
    [(file, copy)] = opened.evidence.items()
    assert len(copy) <= len(original)
    assert max(opened.picture(file).size) <= max(Image.open(BytesIO(original)).size)
    assert b"Erika" not in copy
    assert Image.open(BytesIO(copy)).format == {".png": "PNG", ".jpg": "JPEG", ".webp": "WEBP"}[Path(file).suffix]
    [row] = opened.rows("register")
    assert row["file"] == file


def test_what_drawing_anew_would_make_heavier_is_the_very_picture(desk: Desk, tmp_path: Path) -> None:
    originals = ORIGINALS["coarse"](), a_drawing(), as_webp(10)
    walk(desk, add_place(desk, "Harbour").uid, *originals)
    _, opened = packed(desk, tmp_path, evidence=Resolution.SCREEN)
    for original, copy in zip(originals, opened.evidence.values(), strict=True):
        assert Image.open(BytesIO(copy)).tobytes() == Image.open(BytesIO(original)).tobytes()


def test_a_webp_comes_as_it_is_at_full_size_and_its_report_shows_it(desk: Desk, tmp_path: Path) -> None:
    walk(desk, add_place(desk, "Harbour").uid, as_webp(60), as_webp(55))
    _, opened = packed(desk, tmp_path, evidence=Resolution.ORIGINAL)
    assert [Path(file).suffix for file in opened.evidence] == [".webp", ".webp"]
    described = opened.files["ro-crate-metadata.json"].decode()
    assert described.count("image/webp") == 2
    [row, _] = opened.rows("register")
    assert opened.evidence[row["file"]] == plain_webp(as_webp(60))


@pytest.mark.parametrize("resolution", list(Resolution))
def test_a_small_original_is_hidden_at_its_own_size(desk: Desk, tmp_path: Path, resolution: Resolution) -> None:
    hidden = Mark(MarkShape.REDACTION, ((0.0, 0.0), (0.5, 0.5)))
    walk(desk, add_place(desk, "Harbour").uid, ORIGINALS["coarse"](), marks=(hidden,))
    _, opened = packed(desk, tmp_path, evidence=resolution)
    [file] = opened.evidence
    picture = opened.picture(file)
    assert picture.size == (640, 480)
    assert is_hidden(picture, hidden, within=6)


def test_the_estimate_knows_of_small_originals(desk: Desk, tmp_path: Path) -> None:
    harbour = add_place(desk, "Harbour").uid
    for seed in range(2):
        walk(
            desk,
            harbour,
            as_file(scene(seed, (640, 480)), quality=20),
            as_file(scene(20 + seed, (900, 700)), quality=30),
        )
    for resolution in Resolution:
        thought = audit_pack.estimate(desk, Choice(**QUARTER, evidence=resolution))[0]
        _, opened = packed(desk, tmp_path / f"{resolution}.zip", evidence=resolution)
        true = sum(map(len, opened.evidence.values()))
        assert 0.97 < thought.evidence / true < 1.03, resolution
