"""What two auditors judged apart, for both of them: published once both have handed in, and never before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from gemba.domain.findings import Finding
from gemba.domain.judgements import AgreedVerdict, Judgement
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.store import selections
from gemba.store.heads import Subject
from gemba.store.judged import told_about
from gemba.store.reading import Reader
from gemba.work.blind import is_blind

_TOUCHING = frozenset({"audit", "judgement", "agreed_verdict"})


def opened_doubles(reader: Reader, after: int, laptops: Collection[str]) -> dict[str, set[Subject]]:
    """For each laptop that judged in an audit, or planned it, what both said and what they agreed on.

    Args:
        reader: headquarters' store.
        after: the last number of the journal that was published.
        laptops: device ids of those whom publications are for.
    """
    found: dict[str, set[Subject]] = defaultdict(set)
    for audit in _touched(reader, after):
        said: set[Subject] = {("judgement", one.uid) for one in reader.find(Judgement, audit=audit.uid)}
        told = said | {("agreed_verdict", one.uid) for one in reader.find(AgreedVerdict, audit=audit.uid)}
        told |= _withheld_before(reader, audit, said)
        for devices in selections.makers(reader, said | {("audit", audit.uid)}).values():
            for laptop in devices & set(laptops):
                found[laptop] |= told
    return found


def _touched(reader: Reader, after: int) -> list[Audit]:
    """Audits with two auditors, no longer blind, in which anything was written since."""
    subjects = selections.written_since(reader, after, _TOUCHING, own=False)
    uids: dict[str, list[Uid]] = defaultdict(list)
    for noun, uid in sorted(subjects):
        uids[noun].append(uid)
    audits = {*uids["audit"]}
    audits |= {one.audit for one in reader.many(Judgement, uids["judgement"])}
    audits |= {one.audit for one in reader.many(AgreedVerdict, uids["agreed_verdict"])}
    found = reader.many(Audit, sorted(audits))
    return [one for one in found if one.second is not None and not is_blind(reader, one)]


def _withheld_before(reader: Reader, audit: Audit, judgements: Collection[Subject]) -> set[Subject]:
    """What headquarters has a part in and kept back while it would have told of these judgements."""
    told = told_about(reader, [f"judgement:{uid}" for _, uid in judgements])
    if audit.assessment is not None:
        told |= {("finding", one.uid) for one in reader.find(Finding, assessment=audit.assessment)}
    told = selections.with_belonging(reader, told)
    made = selections.makers(reader, told)
    return {one for one in told if reader.device.id in made.get(one, ())}
