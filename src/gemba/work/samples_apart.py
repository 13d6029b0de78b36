"""Samples of one audit that were drawn apart, on two laptops: people choose the one that is judged, no clock does."""

from __future__ import annotations

from gemba.domain.change import Change
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.domain.samples import Sample
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.records import known

_OVER = frozenset({"concluded", "cancelled"})


def standing(reader: Reader, audit: Uid) -> list[Sample]:
    """The samples of an audit that no other takes the place of, the newest first; more than one was drawn apart."""
    found = reader.find(Sample, audit=audit)
    replaced = {one.replaces for one in found}
    return sorted((one for one in found if one.uid not in replaced), key=lambda one: (one.drawn_at, one.uid))[::-1]


def choose(desk: Desk, sample: Uid, reason: str) -> Change:
    """Let one of several samples that were drawn apart be the one that is judged.

    The others stay on record as those that it takes the place of.

    Raises:
        Refusal: it is the only one, the audit is over, or no reason is given.
    """
    with desk.unit() as unit:
        chosen = known(unit, Sample, sample)
        audit = known(unit, Audit, chosen.audit)
        apart = standing(unit, audit.uid)
        if audit.state.value in _OVER:
            raise Refusal("work.sample_too_late", number=audit.number, state=audit.state.value)
        if sample not in {one.uid for one in apart} or len(apart) < 2:
            raise Refusal("work.nothing_drawn_apart", number=audit.number)
        if not reason.strip():
            raise Refusal("work.sample_again", number=audit.number)
        for other in apart:
            if other.uid != sample:
                unit.change(Sample, _first(unit, sample), replaces=other.uid)
        words = " · ".join(part for part in (known(unit, Sample, sample).reason, reason.strip()) if part)
        unit.change(Sample, sample, reason=words)
        return unit.change_made(sample)


def _first(reader: Reader, sample: Uid) -> Uid:
    """The first of the samples that a sample takes the place of, one after another."""
    seen = {sample}
    while (before := known(reader, Sample, sample).replaces) is not None and before not in seen:
        seen.add(before)
        sample = before
    return sample
