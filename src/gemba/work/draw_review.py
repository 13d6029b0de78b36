"""Draw a set of complaints for a review, so that anybody can draw the very same set again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from gemba.domain.change import Change
from gemba.domain.complaint_reviews import ComplaintReview, ReviewState
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.methods.chance import ALGORITHM
from gemba.methods.sampling.frame import Frame, draw_sample, freeze_frame
from gemba.store import review_sets
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.place_merging import goes_on_at
from gemba.work.records import known

ALL = "all"
"""The set is the whole frame."""


class Redrawn(msgspec.Struct, frozen=True):
    """What drawing a review's set again gives."""

    is_same: bool
    """The very same complaints."""
    is_same_frame: bool
    """The frame has not changed since."""
    frame_count: int
    """Complaints that period, place and filters leave now."""
    frame_sha256: str
    recorded_since: int
    """Complaints of the frame that were recorded after the draw."""
    gone: tuple[Uid, ...]
    """Drawn complaints that the conditions leave out now: coded, dated or linked otherwise since, or erased."""
    only_newer: bool
    """Nothing but newer complaints was added: without them the frame has the hash that was kept."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The set that is asked for."""

    begins: date
    """First day of receipt, in UTC."""
    ends: date
    """Last day, included."""
    place: Uid | None = None
    """Only that place and all below it."""
    filters: Mapping[str, str] = {}
    """Further conditions by field (`gemba.store.complaint_conditions.KNOWN`)."""
    sample: int | None = None
    """How many to draw by chance; `None` for all."""
    seed: str = ""
    """Of the sample; made when empty."""
    title: str = ""
    """Of the review; made of the period when empty."""


def draw(desk: Desk, wanted: Wanted) -> Change:
    """Draw a set and begin its review.

    Complaints that are linked to another as saying the same are not drawn: each trouble of a customer counts once.

    Raises:
        Refusal: the period ends before it begins, no complaint is left, or the sample is larger than the frame.
    """
    begins, ends, place = wanted.begins, wanted.ends, wanted.place
    if ends < begins:
        raise Refusal("work.period_backwards", first=begins.isoformat(), last=ends.isoformat())
    meant = {field: said for field, said in wanted.filters.items() if said}
    with desk.reader() as reader:
        where = goes_on_at(reader, place) if place is not None else None
        place = where.uid if where is not None else None
        frozen = _frame(review_sets.frame(reader, meant, place, begins, ends), begins, ends)
    seed = "" if wanted.sample is None else wanted.seed or desk.ids()[-12:]
    drawn = _sample(frozen, wanted.sample, seed)
    kept, _ = desk.store.evidence.keep(listed(drawn))
    with desk.unit() as unit:
        review = ComplaintReview(
            uid=desk.ids(),
            number=unit.number(ComplaintReview),
            title=wanted.title.strip() or _title(where, begins, ends),
            place=place,
            begins=begins,
            ends=ends,
            filters=meant,
            drawing=ALL if wanted.sample is None else ALGORITHM,
            seed=seed,
            frame_count=len(frozen.ids),
            frame_sha256=frozen.sha256,
            count=len(drawn),
            drawn=kept,
            drawn_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(review)
        return unit.change_made(review.uid)


def draw_again(desk: Desk, review: Uid) -> Redrawn:
    """Draw a review's set again, from the records as they are now, and compare.

    Raises:
        Refusal: the review is unknown, or was drawn by an algorithm that is not known here.
        Trouble: the kept list is not here.
    """
    with desk.reader() as reader:
        kept = known(reader, ComplaintReview, review)
        if kept.drawing not in (ALL, ALGORITHM):
            raise Refusal("work.unknown_drawing", drawing=kept.drawing, known=ALGORITHM)
        then = set(drawn_uids(desk, kept))
        now = review_sets.frame(reader, kept.filters, kept.place, kept.begins, kept.ends)
        since = review_sets.recorded_since(reader, now, kept.drawn_at)
    is_same_frame = sha256_of(now) == kept.frame_sha256
    older = now if is_same_frame else [uid for uid in now if uid not in since]
    only_newer = bool(since) and not is_same_frame and sha256_of(older) == kept.frame_sha256
    is_same = (is_same_frame or only_newer) and _same_sample(kept, older, then)
    return Redrawn(
        is_same=is_same,
        is_same_frame=is_same_frame,
        frame_count=len(now),
        frame_sha256=sha256_of(now),
        recorded_since=len(since),
        gone=tuple(sorted(then.difference(now))),
        only_newer=only_newer,
    )


def drawn_uids(desk: Desk, review: ComplaintReview) -> list[Uid]:
    """The complaints of a review, as its kept list names them.

    Raises:
        Trouble: the list is not here, or is damaged.
    """
    return desk.store.evidence.read(review.drawn).decode("utf-8").split()


def listed(uids: Iterable[Uid]) -> bytes:
    """Uids sorted, one a line: what is hashed and kept."""
    return "".join(f"{uid}\n" for uid in sorted(uids)).encode()


def sha256_of(uids: Iterable[Uid]) -> str:
    """The hash of a frame or of a drawn list."""
    return hashlib.sha256(listed(uids)).hexdigest()


def open_review(reader: Reader, review: Uid) -> ComplaintReview:
    """The review, if it may still be changed.

    Raises:
        Refusal: it is concluded.
    """
    found = known(reader, ComplaintReview, review)
    if found.state is not ReviewState.OPEN:
        raise Refusal("work.review_concluded", number=found.number)
    return found


def _frame(uids: list[Uid], begins: date, ends: date) -> Frame:
    if not uids:
        raise Refusal("work.nothing_to_review", begins=begins.isoformat(), ends=ends.isoformat())
    return freeze_frame(uids)


def _sample(frame: Frame, sample: int | None, seed: str) -> tuple[Uid, ...]:
    if sample is None:
        return frame.ids
    if not 1 <= sample <= len(frame.ids):
        raise Refusal("work.sample_too_large", sample=sample, count=len(frame.ids))
    return draw_sample(frame, sample, seed).ids


def _same_sample(review: ComplaintReview, frame: list[Uid], then: set[Uid]) -> bool:
    if review.drawing == ALL:
        return set(frame) == then
    return set(draw_sample(freeze_frame(frame), review.count, review.seed).ids) == then


def _title(place: Place | None, begins: date, ends: date) -> str:
    period = text("Complaints from {begins} to {ends}", begins=begins.isoformat(), ends=ends.isoformat())
    return period if place is None else f"{period} · {place.name}"
