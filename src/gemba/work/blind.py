"""Two auditors judge apart: who may see which judgements, and when."""

from __future__ import annotations

from gemba.domain.judgements import Judgement
from gemba.domain.programmes import Audit
from gemba.domain.record import Uid
from gemba.store.judged import handed_in_at
from gemba.store.reading import Reader
from gemba.work.to_judge import said_by, sample_of


def has_handed_in(reader: Reader, audit: Uid, auditor: Uid) -> bool:
    """True once an auditor has let go of the judgements of an audit.

    The audit tells it before the judgements are here: what one laptop shares with the other waits for that.
    """
    about = reader.get(Audit, audit)
    if about is not None:
        told = {about.second: about.second_handed_in_at, about.auditor: about.lead_handed_in_at}
        if told.get(auditor) is not None:
            return True
    return handed_in_at(reader, audit, auditor) is not None


def is_blind(reader: Reader, audit: Audit) -> bool:
    """True while neither auditor may see what the other says: two judge, and not both have handed in."""
    sample = sample_of(reader, audit.uid)
    if audit.second is None or sample is None or not sample.double_count:
        return False
    return not all(has_handed_in(reader, audit.uid, one) for one in (audit.auditor, audit.second))


def visible_judgements(reader: Reader, audit: Audit, viewer: Uid) -> list[Judgement]:
    """The judgements of an audit that a person may see, without what was taken back.

    While it is blind each auditor sees their own, and whoever is neither sees none of what both judge.
    """
    if not is_blind(reader, audit):
        return [one for one in reader.find(Judgement, audit=audit.uid) if not one.taken_back]
    return list(said_by(reader, audit.uid, viewer).values())
