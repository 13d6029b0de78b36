"""What is said of a sample that was drawn again, for people: the same words on screen, command line and paper."""

from __future__ import annotations

from gemba.store.reading import Reader
from gemba.wording import plural, text
from gemba.work.redraw_sample import FrameChange, Redrawn
from gemba.work.sample_facts import SampleFacts
from gemba.work.samples_apart import standing
from gemba.work.to_judge import sample_of


def in_short(facts: SampleFacts) -> str:
    """How many of how many were drawn, and how."""
    sample = facts.sample
    return text("{n} of {all} decisions: {method}", n=sample.count, all=sample.frame_count, method=facts.method.lower())


def double_words(facts: SampleFacts) -> str:
    """How many two auditors judge."""
    n = facts.sample.double_count
    if not n:
        return text("One auditor judges all of them.")
    return plural("Two auditors judge {n} of them, apart.", "Two auditors judge {n} of them, apart.", n)


def redrawn_words(found: Redrawn) -> tuple[str, ...]:
    """Whether the sample is proved, and how the frame would differ now."""
    if found.is_same:
        first = text("The same sample: frame hash, seed and settings give these {n} decisions again.", n=found.count)
    elif not found.is_frame_whole:
        first = text("Not proved: the kept frame is not the one that the sample names.")
    else:
        first = plural(
            "Not the same sample: {n} decision differs.",
            "Not the same sample: {n} decisions differ.",
            len(found.differs),
        )
    return (first, *changes_words(found.since), *_drawn_words(found))


def changes_words(since: FrameChange) -> tuple[str, ...]:
    """How the frame would differ, were it made now; nothing of it changes the draw."""
    if not since.is_changed:
        return ()
    found = [text("The decisions have changed since the draw; the sample stays as it was drawn:")]
    for uids, one, many in (
        (since.recorded_later, "{n} decision was recorded after it.", "{n} decisions were recorded after it."),
        (
            since.came_later,
            "{n} decision of the period came here only since, or was dated or placed otherwise.",
            "{n} decisions of the period came here only since, or were dated or placed otherwise.",
        ),
        (
            since.dated_otherwise,
            "{n} decision has a day outside of the period now.",
            "{n} decisions have a day outside of the period now.",
        ),
        (
            since.moved,
            "{n} decision belongs to a place outside of the audit now.",
            "{n} decisions belong to places outside of the audit now.",
        ),
        (
            since.told_otherwise,
            "{n} decision would be in another stratum or filtered out now.",
            "{n} decisions would be in another stratum or filtered out now.",
        ),
    ):
        if uids:
            found.append(plural(one, many, len(uids)))
    return tuple(found)


def replaced_words(reader: Reader, facts: SampleFacts) -> str:
    """That another sample took its place, or was drawn apart; empty when none did."""
    apart = len(standing(reader, facts.sample.audit))
    if apart > 1:
        return text("{n} samples were drawn apart, on several laptops: agree on one (gemba sample keep).", n=apart)
    now = sample_of(reader, facts.sample.audit)
    if now is None or now.uid == facts.sample.uid:
        return ""
    return text("It was drawn again on {day}: {reason}", day=now.drawn_at.date().isoformat(), reason=now.reason)


def _drawn_words(found: Redrawn) -> tuple[str, ...]:
    n = len(found.drawn_and_changed)
    if not n:
        return ()
    return (
        plural(
            "{n} of the drawn decisions would not be drawn from as it is now; it is judged all the same.",
            "{n} of the drawn decisions would not be drawn from as they are now; they are judged all the same.",
            n,
        ),
    )
