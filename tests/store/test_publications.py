"""What headquarters asks for again is held no more, and is sent again."""

from __future__ import annotations

from gemba.store import publications, transit
from gemba.store.stretches import Stretch
from gemba.work.desk import Desk
from gemba.work.places import add_place


def test_what_is_asked_for_again_is_unsent_again(desk: Desk) -> None:
    for number in range(8):
        add_place(desk, f"Branch {number}")
    epoch = desk.store.device.epoch
    with desk.reader() as reader:
        [whole] = transit.unsent_ranges(reader)
    last = whole.last_seq
    with desk.unit() as unit:
        sealed(unit, desk, whole)
        transit.mark_held(unit, {epoch: [[1, last]]}, ())
    with desk.reader() as reader:
        assert transit.unsent_ranges(reader) == []
    with desk.unit() as unit:
        publications.ask_resend(unit, [Stretch(epoch, 3, 4)])
    with desk.reader() as reader:
        assert transit.unsent_ranges(reader) == [Stretch(epoch, 3, last)]
        assert publications.resend_asked(reader) == [Stretch(epoch, 3, 4)]
        assert transit.marks(reader).held < transit.marks(reader).sealed
    with desk.unit() as unit:
        transit.mark_held(unit, {epoch: [[1, last]]}, ())
        publications.ask_resend(unit, [])
    with desk.reader() as reader:
        assert transit.unsent_ranges(reader) == []
        assert publications.resend_asked(reader) == []


def sealed(unit: object, desk: Desk, stretch: Stretch) -> None:
    from gemba.domain.assessments import Custody

    transit.add_pack(
        unit,
        transit.Pack(
            uid=desk.ids(),
            sha256="a" * 64,
            state=Custody.SEALED,
            epoch=stretch.epoch,
            first_seq=stretch.first_seq,
            last_seq=stretch.last_seq,
            prev=None,
            sealed_at=desk.clock(),
            to="somebody",
            file="none",
            size=1,
            operations=1,
            blobs=0,
        ),
        (),
    )
