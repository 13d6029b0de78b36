"""The verdicts that count, with what each sampled decision stands for."""

from __future__ import annotations

import msgspec
from sqlalchemy import and_, case, func, select

from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.record import Uid
from gemba.store.alignment_counts import LEAD, SOURCE, Which, counting, meant
from gemba.store.audit_tables import sample, sample_item
from gemba.store.reading import Reader


class Weighted(msgspec.Struct, frozen=True):
    """Judged decisions of one goal from one stratum of one sample."""

    goal: Uid
    sample: Uid
    """Empty for decisions that are in no sample."""
    stratum: str
    weight: float | None
    population: int
    """Decisions in the stratum."""
    aligned: int
    judged: int


def weighted(reader: Reader, which: Which) -> list[Weighted]:
    """Judged decisions by goal, sample and stratum; of a sample that was drawn again the later draw counts."""
    drawn, later = sample.alias("drawn"), sample.alias("later")
    replaced = select(later.c.replaces).where(later.c.replaces.is_not(None))
    items = (
        select(drawn.c.uid, drawn.c.audit, sample_item.c.decision, sample_item.c.stratum, sample_item.c.weight)
        .join(sample_item, sample_item.c.sample == drawn.c.uid)
        .where(drawn.c.uid.not_in(replaced))
        .subquery("items")
    )
    source = SOURCE.outerjoin(items, and_(items.c.audit == LEAD.c.audit, items.c.decision == LEAD.c.decision))
    by = (LEAD.c.goal, items.c.uid, items.c.stratum, items.c.weight)
    aligned = func.sum(case((counting == AlignmentVerdict.ALIGNED.value, 1), else_=0))
    told = counting != AlignmentVerdict.CANNOT_TELL.value
    asked = select(*by, aligned, func.count()).select_from(source).where(*meant(reader, which), told).group_by(*by)
    rows = reader.connection.execute(asked).all()
    sizes = _populations(reader)
    return [
        Weighted(goal, uid or "", stratum or "", weight, sizes.get((uid, stratum), 0), int(hits), int(n))
        for goal, uid, stratum, weight, hits, n in rows
    ]


def _populations(reader: Reader) -> dict[tuple[Uid, str], int]:
    """Decisions by sample and stratum, off what each sample says of its sizes (`n/N`)."""
    found: dict[tuple[Uid, str], int] = {}
    for uid, sizes in reader.connection.execute(select(sample.c.uid, sample.c.sizes)):
        for stratum, said in sizes.items():
            _, _, population = said.partition("/")
            found[(uid, stratum)] = int(population) if population.isdecimal() else 0
    return found
