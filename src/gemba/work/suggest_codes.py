"""Suggest what a complaint is about, from what people of this store said of others; a person has the last word.

What is learned stays in memory while the program runs and is never kept: it holds customers' words, and would outlive
their erasure. A person's final code is kept with what was suggested (`gemba.work.suggestion_record`).
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from gemba.domain.causes import CauseDomain
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.domain.record import Uid
from gemba.domain.suggestions import Suggestion
from gemba.domain.vocabularies import Facet
from gemba.methods.text.suggesting import FEWEST, LEVEL, Guess, Suggester, learn
from gemba.store import complaint_words, vocabularies
from gemba.store.complaint_conditions import conditions
from gemba.store.complaint_words import Labelled
from gemba.store.reading import Reader
from gemba.store.selections import last_operation
from gemba.work.cause_words import domain_title
from gemba.work.codes import code_of
from gemba.work.desk import Desk
from gemba.work.records import known
from gemba.work.which_complaints import ALL, Which

DOMAIN = "domain"
"""The domain of the cause (process, policy, people, technology): suggested like a code, and read off the cause's."""
SUBJECTS = (*(facet.value for facet in Facet), DOMAIN)
"""What may be suggested."""
FEWEST_LABELS = FEWEST
MOST_LABELS = 10_000
"""Labels that are learned from, the newest; learning from these takes some ten seconds."""
_STALE = 0.02
_FEW = 10
Check = Callable[[], None]


def _nobody() -> None:
    """Nobody wants to stop it."""


class Offer(msgspec.Struct, frozen=True):
    """What the program would say of one complaint."""

    complaint: Uid
    number: str
    subject: str
    """A facet, or `domain`."""
    code: str
    """Empty for "not sure"."""
    title: str
    confidence: float
    """Calibrated, 0 to 1: of the likeliest code, whether it is shown or not."""
    next: tuple[tuple[str, str], ...]
    """Code and title of what is likely next; begins with the likeliest when the program is not sure."""
    model: str


class Learning:
    """What was learned from this store's labels, and is learned anew when they have changed by 2 %."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[dict[Uid, tuple[str, int]], Suggester]] = {}
        self._looked: dict[str, int] = {}
        """The last operation when the labels were looked at."""

    @property
    def has_learned(self) -> bool:
        """Whether anything was learned yet: then the next suggestion takes no time."""
        return bool(self._known)

    def of(self, desk: Desk, subject: str, check: Check = _nobody) -> Suggester:
        """What was learned of a subject.

        Args:
            desk: whose store.
            subject: of `SUBJECTS`.
            check: called between steps; it may raise to stop.

        Raises:
            Refusal: `methods.labels_too_few`, `methods.text_extra`.
        """
        with desk.reader() as reader:
            at = last_operation(reader)
            before = self._known.get(subject)
            if before is not None and self._looked.get(subject) == at:
                return before[1]
            labels = labels_of(reader, subject)
        marks = {one.uid: (one.code, len(one.words)) for one in labels}
        if before is None or _is_stale(before[0], marks):
            self._known.pop(subject, None)
            suggester = learn([one.words for one in labels], [one.code for one in labels], check)
            self._known[subject] = (marks, suggester)
        self._looked[subject] = at
        return self._known[subject][1]


def labels_of(reader: Reader, subject: str) -> list[Labelled]:
    """The words that people have labelled, at most the newest 10,000; domains are those of the causes' codes."""
    if subject != DOMAIN:
        return complaint_words.labelled(reader, Facet(subject), MOST_LABELS)
    domains = _domains(reader)
    labels = complaint_words.labelled(reader, Facet.CAUSE, MOST_LABELS)
    return [Labelled(one.uid, one.words, domains[one.code]) for one in labels if domains.get(one.code)]


def offer(
    desk: Desk, learning: Learning, complaint: Uid, subject: str, level: float = LEVEL, check: Check = _nobody
) -> Offer:
    """What the program would say of one complaint.

    Raises:
        Refusal: there is no such complaint, or as `Learning.of` does.
    """
    suggester = learning.of(desk, subject, check)
    with desk.reader() as reader:
        one = known(reader, Complaint, complaint)
        guess = suggester.guesses([one.words or one.summary])[0]
        return _offer(one.uid, one.number, subject, guess, suggester, _titles(reader, subject), level)


def offers(
    desk: Desk,
    learning: Learning,
    subject: str,
    which: Which = ALL,
    level: float = LEVEL,
    check: Check = _nobody,
) -> list[Offer]:
    """What the program would say of all complaints of a set that have no code yet, the surest first.

    Of a domain: of those that have no code of a cause. The newest 100,000 are read.

    Raises:
        Refusal: as `Learning.of` does.
    """
    suggester = learning.of(desk, subject, check)
    facet = Facet.CAUSE if subject == DOMAIN else Facet(subject)
    with desk.reader() as reader:
        meant = [*conditions(reader, which.filters, **which.range()), complaint_words.uncoded(facet)]
        said = complaint_words.said(reader, meant)
        titles = _titles(reader, subject)
    guesses = suggester.guesses([one.words for one in said])
    found = [
        _offer(one.uid, one.number, subject, guess, suggester, titles, level)
        for one, guess in zip(said, guesses, strict=True)
    ]
    return sorted(found, key=lambda one: -one.confidence)


def settle(desk: Desk, complaint: Uid, facet: Facet, final: str, offered: Offer | None = None) -> Change:
    """Keep the code that a person chose, beside what was suggested.

    Args:
        desk: who chooses, where.
        complaint: that is coded.
        facet: that is coded.
        final: a code of the vocabulary in force, or its title.
        offered: what the program had said; `None` when it was not asked.

    Raises:
        Refusal: no such complaint; the code is not in the vocabulary.
    """
    with desk.unit() as unit:
        known(unit, Complaint, complaint)
        code = code_of(unit, facet, final)
        unit.change(Complaint, complaint, **{facet.value: code})
        if offered is not None and code:
            unit.put(
                Suggestion(
                    uid=desk.ids(),
                    complaint=complaint,
                    facet=facet,
                    suggested=offered.code,
                    confidence=offered.confidence,
                    model=offered.model,
                    final=code,
                    decided_at=desk.clock(),
                    person=desk.person.uid,
                )
            )
        return unit.change_made(complaint)


def _is_stale(before: dict[Uid, tuple[str, int]], now: dict[Uid, tuple[str, int]]) -> bool:
    """Whether to learn anew: words have changed or are gone (erased), or more than 2 % of the labels differ."""
    if any(uid not in now or now[uid][1] != length for uid, (_, length) in before.items()):
        return True
    changed = sum(before.get(uid, ("", 0))[0] != code for uid, (code, _) in now.items())
    return changed > max(_FEW, _STALE * len(before))


def _offer(
    uid: Uid, number: str, subject: str, guess: Guess, suggester: Suggester, titles: dict[str, str], level: float
) -> Offer:
    is_sure = guess.sure(level)
    likely = guess.others if is_sure else (guess.label, *guess.others)[:4]
    code = guess.label if is_sure else ""
    named = tuple((one, titles.get(one, one)) for one in likely)
    return Offer(uid, number, subject, code, titles.get(code, code), guess.confidence, named, suggester.model)


def _titles(reader: Reader, subject: str) -> dict[str, str]:
    if subject == DOMAIN:
        return {domain.value: domain_title(domain) for domain in CauseDomain}
    return vocabularies.titles(reader, Facet(subject))


def _domains(reader: Reader) -> dict[str, str]:
    """The domain of each of today's causes, where the vocabulary says it."""
    words = vocabularies.current(reader, Facet.CAUSE)
    return {} if words is None else dict(words.domains)
