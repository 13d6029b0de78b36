"""Draw the decisions that an audit looks at, so that anybody can draw the very same ones again."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from gemba.domain.change import Change
from gemba.domain.judgements import Judgement
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.record import Uid
from gemba.domain.samples import Sample, SampleItem, SamplingMethod, item_uid
from gemba.errors import Refusal
from gemba.store import sample_frames
from gemba.store.reading import Reader
from gemba.store.unit import Unit
from gemba.work.desk import Desk
from gemba.work.import_decisions import undated
from gemba.work.records import known
from gemba.work.sample_frame import ALGORITHM, Drawn, draw_from, frame_now, written
from gemba.work.sample_plan import STRATIFIED, Told, settings_of
from gemba.work.samples_apart import standing
from gemba.work.to_judge import sample_of

DRAWABLE = frozenset({AuditState.PLANNED, AuditState.OPEN})
"""States in which an audit's sample may be drawn."""


class Judged(StrEnum):
    """What becomes of what was judged before a sample is drawn again."""

    UNSAID = ""
    COUNT = "count"
    """All of it stays and counts, drawn again or not."""
    SET_ASIDE = "set_aside"
    """It stays on record; what was not drawn again counts no more."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """The sample that is asked for."""

    method: SamplingMethod
    told: Told = Told()
    strata: str = ""
    filters: Mapping[str, str] = {}
    """Narrow the frame: values by field of `gemba.store.sample_frames.FILTERS`, several with commas between them."""
    seed: str = ""
    """Made when empty."""
    double_share: float | None = None
    """Share that two auditors judge; the audit's own when not said."""
    undated: int | None = None
    """Decisions known to be lacking, because nothing says when they were made; as imports told when not said."""
    reason: str = ""
    """Why it is drawn again."""
    judged: Judged = Judged.UNSAID


def draw(desk: Desk, audit: Uid, wanted: Wanted) -> Change:
    """Draw an audit's sample, the first time or again.

    The change's uid is the sample's.

    Raises:
        Refusal: the audit is over or with the auditee, the frame is empty, the method lacks something, the seed was
            used for another frame of the place and quarter, or it is drawn again without a reason, after somebody
            judged without saying what becomes of that, or after somebody has handed in.
    """
    filters = {field: said for field, said in wanted.filters.items() if said}
    with desk.reader() as reader:
        of = known(reader, Audit, audit)
        before = sample_of(reader, audit)
        _demand_drawable(reader, of, before, wanted)
        frame = frame_now(reader, of, filters, wanted.strata)
        if not frame:
            raise Refusal("work.sample_frame_empty", number=of.number, begins=f"{of.begins}", ends=f"{of.ends}")
        seed = wanted.seed.strip() or desk.ids()[-12:]
        share = of.double_share if wanted.double_share is None else wanted.double_share
        without_date = undated(reader) if wanted.undated is None else wanted.undated
        drawn = draw_from(frame, wanted.method, wanted.told, seed, share)
        other = sample_frames.seed_used(reader, seed, of.place, of.quarter, drawn.frame_sha256)
        if other is not None:
            raise Refusal("work.seed_reused", seed=seed, number=other)
    kept, _ = desk.store.evidence.keep(written(frame))
    with desk.unit() as unit:
        made = Sample(
            uid=desk.ids(),
            audit=audit,
            frame=kept,
            frame_count=len(frame),
            frame_sha256=drawn.frame_sha256,
            begins=of.begins,
            ends=of.ends,
            filters=filters,
            undated=without_date,
            method=wanted.method,
            strata=wanted.strata,
            sizes={name: f"{drawn.sizes.get(name, 0)}/{n}" for name, n in drawn.populations.items()},
            settings=settings_of(wanted.told, share),
            seed=seed,
            algorithm=ALGORITHM,
            count=len(drawn.uids),
            double_count=len(drawn.double),
            replaces=None if before is None else before.uid,
            reason=wanted.reason.strip(),
            drawn_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        _put_items(unit, made, frame, drawn)
        if wanted.judged is not Judged.UNSAID:
            _settle_judged(unit, of, drawn, wanted)
        return unit.change_made(made.uid)


def _demand_drawable(reader: Reader, audit: Audit, before: Sample | None, wanted: Wanted) -> None:
    if audit.state not in DRAWABLE:
        raise Refusal("work.sample_too_late", number=audit.number, state=audit.state.value)
    if wanted.strata and wanted.method not in STRATIFIED:
        raise Refusal("work.sample_without_strata", method=wanted.method.value)
    if wanted.method in STRATIFIED and not wanted.strata:
        known_strata = ", ".join(sample_frames.STRATA)
        raise Refusal("work.sample_needs_strata", method=wanted.method.value, known=known_strata)
    if not 0 <= (wanted.double_share or 0) <= 1:
        raise Refusal("work.double_share", share=wanted.double_share)
    if (wanted.undated or 0) < 0:
        raise Refusal("work.sample_undated", undated=wanted.undated)
    if before is not None:
        _demand_again(reader, audit, wanted)


def _demand_again(reader: Reader, audit: Audit, wanted: Wanted) -> None:
    apart = len(standing(reader, audit.uid))
    if apart > 1:
        raise Refusal("work.samples_apart", number=audit.number, n=apart)
    if not wanted.reason.strip():
        raise Refusal("work.sample_again", number=audit.number)
    if audit.lead_handed_in_at or audit.second_handed_in_at:
        raise Refusal("work.sample_handed_in", number=audit.number)
    n = sample_frames.judged(reader, audit.uid)
    if n and wanted.judged is Judged.UNSAID:
        raise Refusal("work.sample_judged", number=audit.number, n=n)


def _put_items(unit: Unit, sample: Sample, frame: Mapping[Uid, str], drawn: Drawn) -> None:
    strata = {uid: frame[uid] if sample.strata else "" for uid in drawn.uids}
    unit.put_many(
        [
            SampleItem(
                uid=item_uid(sample.uid, uid),
                sample=sample.uid,
                decision=uid,
                stratum=strata[uid],
                position=position,
                weight=drawn.weight(strata[uid]),
                is_double=uid in drawn.double,
            )
            for position, uid in enumerate(drawn.uids, start=1)
        ]
    )


def _settle_judged(unit: Unit, audit: Audit, drawn: Drawn, wanted: Wanted) -> None:
    """What is set aside counts as a second judgement does: never by itself."""
    now = set(drawn.uids)
    for one in unit.find(Judgement, audit=audit.uid):
        leads = one.auditor == audit.auditor and (wanted.judged is Judged.COUNT or one.decision in now)
        if one.is_lead != leads:
            unit.change(Judgement, one.uid, is_lead=leads)
