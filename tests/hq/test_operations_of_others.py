"""A pack may bring what other laptops recorded: it counts when they are known here, and waits when they are not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.hq.conftest import sealed, walk

from gemba.domain.assessments import Assessment
from gemba.errors import Refusal
from gemba.hq import intake
from gemba.store import journal, quarantined, selections, transit
from gemba.work.desk import Desk
from gemba.work.seal_selection import Selection, seal_selection


def handed_on(giver: Desk, carrier: Desk, hq: Desk, out: Path, audit: str) -> Path:
    """What one laptop recorded of an assessment, in a pack that another one has sealed for headquarters."""
    with giver.reader() as reader:
        lines = [json.loads(line) for line in journal.since(reader, giver.store.device.epoch, 1, 10_000)]
    device = giver.store.device
    with carrier.unit() as unit:
        journal.merge(unit, lines, trusted={device.id: device.public_key})
    out.mkdir(exist_ok=True)
    with carrier.reader() as reader:
        chosen = selections.with_named(reader, selections.with_belonging(reader, [("assessment", audit)]))
        there = hq.store.device
        pack = seal_selection(
            carrier,
            reader,
            Selection(subjects=frozenset(chosen)),
            to=there.id,
            recipients=[there.recipient],
            out_dir=out,
        )
    assert pack is not None
    return next(out.glob("*.gemba"))


@pytest.fixture
def audit(laptop: Desk, queue_photo: bytes) -> str:
    return walk(laptop, queue_photo)


def test_it_counts_when_the_other_laptop_is_known(
    hq: Desk, laptop: Desk, another_laptop: Desk, audit: str, queue_photo: bytes, tmp_path: Path
) -> None:
    first = sealed(laptop)[0]
    pack = handed_on(laptop, another_laptop, hq, tmp_path / "handed", audit)
    with pytest.raises(Refusal, match=r"hq\.unknown_inside"):
        intake.take_in(hq, pack, tmp_path)
    with hq.reader() as reader:
        assert reader.get(Assessment, audit) is None
        assert [one.sha256 for one in quarantined.all_quarantined(reader)] == [pack.stem]
        assert transit.taken_in(reader, pack.stem) is None
    assert (hq.store.folder / "quarantine" / pack.name).read_bytes() == pack.read_bytes()
    intake.take_in(hq, first, tmp_path)  # now it is known
    taken = intake.take_in(hq, pack, tmp_path)
    assert taken.device == another_laptop.store.device.id
    with hq.reader() as reader, laptop.reader() as mine:
        assert reader.get(Assessment, audit) == mine.get(Assessment, audit)
        assert quarantined.all_quarantined(reader) == []


def test_what_a_revoked_laptop_recorded_too_late_does_not_come_in_by_another(
    hq: Desk, laptop: Desk, another_laptop: Desk, audit: str, queue_photo: bytes, tmp_path: Path
) -> None:
    intake.take_in(hq, sealed(laptop)[0], tmp_path)
    from gemba.work.places import add_place

    add_place(another_laptop, "Somewhere")
    intake.take_in(hq, sealed(another_laptop)[0], tmp_path)
    with hq.unit() as unit:
        [known] = [one for one in transit.correspondents(unit) if one.id == laptop.store.device.id]
        epoch = laptop.store.device.epoch
        last = transit.ranges_here(unit, known.id)[epoch][-1][1]
        import msgspec

        transit.trust(unit, msgspec.structs.replace(known, revoked=hq.clock(), revoked_after={epoch: last}))
    later = walk(laptop, queue_photo, site="Stolen")
    pack = handed_on(laptop, another_laptop, hq, tmp_path / "handed", later)
    with pytest.raises(Refusal, match=r"hq\.revoked_maker"):
        intake.take_in(hq, pack, tmp_path)
    with hq.reader() as reader:
        assert reader.get(Assessment, later) is None
        assert [one.why for one in quarantined.all_quarantined(reader)] == ["revoked"]
    earlier = handed_on(laptop, another_laptop, hq, tmp_path / "again", audit)
    assert intake.take_in(hq, earlier, tmp_path).operations == 0
