"""Draw a sample again from its kept frame, and tell how the decisions have changed since: the draw never does."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SampleItem
from gemba.errors import Refusal
from gemba.store import sample_frames
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.sample_frame import ALGORITHM, Drawn, draw_from, frame_now, read
from gemba.work.sample_plan import told_by


class FrameChange(msgspec.Struct, frozen=True):
    """How the frame would be now, were it made anew; by uid of the decisions."""

    recorded_later: tuple[Uid, ...] = ()
    """Recorded after the draw: late decisions."""
    came_later: tuple[Uid, ...] = ()
    """Recorded before the draw, and here only since: of another laptop, or dated or placed otherwise since."""
    dated_otherwise: tuple[Uid, ...] = ()
    """In the kept frame; their day is out of the period now."""
    moved: tuple[Uid, ...] = ()
    """In the kept frame; their place is out of the audit's now."""
    told_otherwise: tuple[Uid, ...] = ()
    """In the kept frame; a filter leaves them out now, or their stratum is another."""
    not_here: tuple[Uid, ...] = ()
    """In the kept frame, and not in this store: nobody shared them, which needs no change."""

    @property
    def is_changed(self) -> bool:
        """Whether the frame would be another now; what was never shared here changes nothing."""
        parts = (self.recorded_later, self.came_later, self.dated_otherwise, self.moved, self.told_otherwise)
        return any(parts)


class Redrawn(msgspec.Struct, frozen=True):
    """What drawing a sample again gives."""

    is_same: bool
    """Frame hash, seed and settings give the very decisions, order, weights and double share that are kept."""
    is_frame_whole: bool
    """The kept frame has the hashes and the count that the sample names."""
    count: int
    differs: tuple[Uid, ...]
    """Decisions that are drawn otherwise, or marked or weighted otherwise."""
    sample: Sample
    since: FrameChange
    drawn_and_changed: tuple[Uid, ...]
    """Of the drawn decisions those that would not be in the frame now."""


def redraw(desk: Desk, sample: Uid) -> Redrawn:
    """Draw again from the kept frame, and compare it with what was kept.

    Raises:
        Refusal: the sample is unknown, or was drawn by an algorithm that is not known here.
        Trouble: the kept frame is not here, or is damaged.
    """
    with desk.reader() as reader:
        kept = known(reader, Sample, sample)
        if kept.algorithm != ALGORITHM:
            raise Refusal("work.sample_unknown_drawing", algorithm=kept.algorithm, known=ALGORITHM)
        data = desk.store.evidence.read(kept.frame)
        frame = read(data)
        again = draw_from(frame, kept.method, told_by(kept.settings), kept.seed, float(kept.settings["double_share"]))
        whole = _is_whole(kept, data, frame, again)
        differs = _differing(reader, kept, frame, again)
        since = frame_changes(reader, kept, frame)
    gone = {*since.dated_otherwise, *since.moved, *since.told_otherwise}
    return Redrawn(
        is_same=whole and not differs,
        is_frame_whole=whole,
        count=len(again.uids),
        differs=differs,
        sample=kept,
        since=since,
        drawn_and_changed=tuple(uid for uid in again.uids if uid in gone),
    )


def frame_changes(reader: Reader, sample: Sample, frame: Mapping[Uid, str]) -> FrameChange:
    """How the frame would differ, were it made of what is recorded now.

    Args:
        reader: of the store.
        sample: whose frame it is.
        frame: as it was kept.
    """
    audit = known(reader, Audit, sample.audit)
    now = frame_now(reader, audit, sample.filters, sample.strata)
    if now == frame:
        return FrameChange()
    added = sorted(set(now) - set(frame))
    late = sample_frames.standing_now(reader, added)
    gone = sorted(set(frame) - set(now))
    stands = sample_frames.standing_now(reader, gone)
    below = sample_frames.below(reader, audit.place)
    dated = [uid for uid, one in stands.items() if not sample.begins <= one.decided_on <= sample.ends]
    moved = [uid for uid, one in stands.items() if one.place not in below and uid not in set(dated)]
    explained = {*dated, *moved}
    return FrameChange(
        recorded_later=tuple(uid for uid in added if late[uid].recorded_at > sample.drawn_at),
        came_later=tuple(uid for uid in added if late[uid].recorded_at <= sample.drawn_at),
        dated_otherwise=tuple(sorted(dated)),
        moved=tuple(sorted(moved)),
        told_otherwise=(
            *(uid for uid in gone if uid in stands and uid not in explained),
            *(sorted(uid for uid, stratum in now.items() if uid in frame and frame[uid] != stratum)),
        ),
        not_here=tuple(uid for uid in gone if uid not in stands),
    )


def _is_whole(sample: Sample, data: bytes, frame: Mapping[Uid, str], again: Drawn) -> bool:
    hashes = hashlib.sha256(data).hexdigest() == sample.frame and again.frame_sha256 == sample.frame_sha256
    return hashes and len(frame) == sample.frame_count


def _differing(reader: Reader, sample: Sample, frame: Mapping[Uid, str], again: Drawn) -> tuple[Uid, ...]:
    """The decisions of which the kept items and the new draw do not say the same."""
    kept = {
        (one.decision, one.position, one.stratum, one.is_double, one.weight)
        for one in reader.find(SampleItem, sample=sample.uid)
    }
    strata = {uid: frame[uid] if sample.strata else "" for uid in again.uids}
    found = {
        (uid, position, strata[uid], uid in again.double, again.weight(strata[uid]))
        for position, uid in enumerate(again.uids, start=1)
    }
    same_share = len(again.double) == sample.double_count and len(again.uids) == sample.count
    odd = {each[0] for each in kept ^ found}
    return tuple(sorted(odd)) if odd or same_share else again.uids
