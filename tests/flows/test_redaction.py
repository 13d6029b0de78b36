"""A face is hidden on a photo: nobody who gets a copy sees it, headquarters holds the original."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from tests.flows.test_one_walk import a_checklist, ids
from tests.store.picturing import as_file
from tests.work.test_mark_evidence import is_hidden

from gemba.domain.evidence import Evidence, Mark, MarkShape
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.hq.founding import found
from gemba.store.shown import shown
from gemba.work import conduct
from gemba.work.attach_evidence import attach
from gemba.work.conclude import conclude
from gemba.work.desk import Desk
from gemba.work.import_template import import_template
from gemba.work.issue_report import assessment_report
from gemba.work.mark_evidence import mark
from gemba.work.open_desk import open_desk
from gemba.work.places import add_place
from gemba.work.send_pack import seal
from gemba.work.take_in import take_in

FACE = (255, 0, 255)
BLOCK = Mark(MarkShape.REDACTION, ((0.3, 0.3), (0.7, 0.7)))


def a_photo() -> bytes:
    """Grey, with one thing in a colour that is nowhere else."""
    image = Image.new("RGB", (1800, 1200), "#8A8F94")
    image.paste(FACE, (630, 420, 1170, 780))
    return as_file(image, quality=95)


def shows_the_face(image: Image.Image) -> bool:
    pixels = image.convert("RGB").getcolors(10_000_000)
    return any(red > 170 and green < 90 and blue > 170 for _, (red, green, blue) in pixels)


def test_what_is_hidden_stays_hidden_in_print_and_is_whole_at_headquarters(
    desk: Desk, ticking: Callable[[], datetime], tmp_path: Path
) -> None:
    template = import_template(desk, a_checklist(), "counter-check.xlsx").uid
    walk = conduct.start(desk, template, add_place(desk, "Harbour branch").uid).uid
    fill = conduct.open_sheet(desk, walk).fill
    for name, value in (("greeted", "yes"), ("served", "no"), ("why", "Two counters closed"), ("photo", "queue.jpg")):
        conduct.answer(desk, walk, fill.resolve(name), value)
    photo = a_photo()
    uid = attach(desk, walk, photo, "queue.jpg", path=fill.resolve("photo")).uid
    mark(desk, uid, (BLOCK,))
    conclude(desk, walk)
    with pytest.raises(Refusal, match=r"work\.frozen"):
        mark(desk, uid, ())

    report = assessment_report(desk, walk, tmp_path / "report.pdf")
    pictures = [
        item.get_bitmap().to_pil()
        for page in pypdfium2.PdfDocument(report.file)
        for item in page.get_objects()
        if isinstance(item, pypdfium2.PdfImage)
    ]
    assert pictures
    assert not any(shows_the_face(picture) for picture in pictures)
    assert any(is_hidden(picture, BLOCK, 6) for picture in pictures if picture.width > 300)

    found(tmp_path / "hq", clock=ticking, ids=ids, name="Meridian", demo=True)
    hq = open_desk(tmp_path / "hq", clock=ticking, ids=ids)
    try:
        take_in(desk, tmp_path / "hq" / "headquarters.card")
        [pack] = seal(desk)
        intake.take_in(hq, pack.file, tmp_path / "out")
        with hq.reader() as reader:
            item = reader.get(Evidence, uid)
        assert item is not None
        assert item.marks == (BLOCK,)
        assert hq.store.evidence.read(item.sha256) == photo
        jpeg = shown(hq.store.evidence, item)
        assert jpeg is not None
        (tmp_path / "seen.jpg").write_bytes(jpeg)
        assert not shows_the_face(Image.open(tmp_path / "seen.jpg"))
    finally:
        hq.store.close()
