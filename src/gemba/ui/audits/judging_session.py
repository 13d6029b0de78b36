"""What an auditor judges in one sitting: where they are, what is kept, what is still being written, what was undone."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.evidence import Evidence
from gemba.domain.goals import Goal
from gemba.domain.judgements import Judgement, judgement_uid
from gemba.domain.places import Place
from gemba.domain.programmes import Audit, AuditState
from gemba.domain.vocabularies import Facet
from gemba.store import vocabularies
from gemba.wording import text
from gemba.work.blind import has_handed_in
from gemba.work.judgement_rules import Said, lacking
from gemba.work.standing_verdicts import files_on_judgements
from gemba.work.to_judge import Case, cases, said_by

Key = tuple[str, str]
"""Uids of a decision and of the goal that it is judged against."""


class JudgingFacts(msgspec.Struct, frozen=True):
    """Everything that is judged, read at once."""

    audit: Audit
    place: str
    auditor: str
    """Uid of whoever judges."""
    cases: tuple[Case, ...]
    said: dict[Key, Said]
    files: dict[str, tuple[Evidence, ...]]
    """By uid of the judgement."""
    causes: tuple[tuple[str, str], ...]
    sealed: str
    """Why nothing can be changed any more; empty while it can."""


def read_judging(desk: Any, uid: str) -> JudgingFacts:
    """What the person at the desk judges in an audit; on a job's thread."""
    with desk.reader() as reader:
        audit = reader.get(Audit, uid)
        place = reader.get(Place, audit.place)
        said = said_by(reader, uid, desk.person.uid)
        files = files_on_judgements(reader, audit)
        words = vocabularies.current(reader, Facet.CAUSE)
        return JudgingFacts(
            audit=audit,
            place=place.name,
            auditor=desk.person.uid,
            cases=cases(reader, audit, desk.person.uid),
            said={key: said_of(one) for key, one in said.items()},
            files={one: tuple(kept) for one, kept in files.items()},
            causes=tuple(words.terms.items()) if words is not None else (),
            sealed=_sealed(audit, is_in=has_handed_in(reader, uid, desk.person.uid)),
        )


def said_of(one: Judgement) -> Said:
    """What a judgement says, without whose it is."""
    return Said(**{name: getattr(one, name) for name in Said.__struct_fields__})


def _sealed(audit: Audit, *, is_in: bool) -> str:
    if is_in:
        return text("Handed in: what was judged changes no more.")
    told = {
        AuditState.PLANNED: text("The audit is not opened yet."),
        AuditState.RESPONDING: text("The findings are with the auditee; nothing is judged any more."),
        AuditState.CONCLUDED: text("The audit is concluded; nothing is judged any more."),
        AuditState.CANCELLED: text("The audit was called off."),
    }
    return told.get(audit.state, "")


class JudgingSession:
    """One sitting. It knows no widgets.

    Args:
        facts: as read.
    """

    def __init__(self, facts: JudgingFacts) -> None:
        self.facts = facts
        self.said: dict[Key, Said] = dict(facts.said)
        self.drafts: dict[Key, Said] = {}
        """Begun and not whole: nothing typed is lost while one goes on and comes back."""
        self.files: dict[str, tuple[Evidence, ...]] = dict(facts.files)
        self.on_the_way: set[Key] = set()
        """Kept here, and still being written."""
        self._undo: list[tuple[Key, Said | None]] = []
        self.case_at, self.goal_at = 0, 0
        self._to_first_left()

    @property
    def case(self) -> Case | None:
        """The decision that is judged now."""
        return self.facts.cases[self.case_at] if self.facts.cases else None

    @property
    def goal(self) -> Goal | None:
        """The goal that it is held against now."""
        case = self.case
        return case.goals[self.goal_at] if case is not None and case.goals else None

    @property
    def key(self) -> Key | None:
        """Both by uid."""
        return (self.case.decision.uid, self.goal.uid) if self.case and self.goal else None

    @property
    def is_open(self) -> bool:
        """Whether what is shown may be judged by this auditor."""
        return not self.facts.sealed and self.case is not None and not self.case.is_own

    @property
    def now(self) -> Said | None:
        """What stands for it: the draft, else what is kept."""
        return self.drafts.get(self.key) or self.said.get(self.key) if self.key else None

    @property
    def counts(self) -> tuple[int, int]:
        """How many are judged, of how many."""
        owed = [case for case in self.facts.cases if not case.is_own]
        whole = sum(len(case.goals) for case in owed)
        return sum(self.count_of(case)[0] for case in owed), whole

    def count_of(self, case: Case) -> tuple[int, int]:
        """How many goals of a decision are judged, of how many."""
        return sum((case.decision.uid, goal.uid) in self.said for goal in case.goals), len(case.goals)

    def move(self, case_at: int, goal_at: int = 0) -> None:
        """Go to a decision and a goal of it."""
        if self.facts.cases:
            self.case_at = max(0, min(case_at, len(self.facts.cases) - 1))
            self.goal_at = max(0, min(goal_at, len(self.facts.cases[self.case_at].goals) - 1))

    def step(self, by: int) -> None:
        """Go to the next goal, or the first one of the next decision; back alike."""
        case = self.case
        if case is None:
            return
        at = self.goal_at + by
        if 0 <= at < len(case.goals):
            self.goal_at = at
        elif 0 <= self.case_at + by < len(self.facts.cases):
            self.case_at += by
            self.goal_at = 0 if by > 0 else max(0, len(self.facts.cases[self.case_at].goals) - 1)

    def lacks(self, said: Said) -> Any:
        """What is lacking before it can be kept; `None` when it is whole."""
        if self.case is None or self.goal is None:
            return None
        return lacking(self.case.decision, said, has_files=bool(self.files_now))

    @property
    def files_now(self) -> tuple[Evidence, ...]:
        """Photos and files that stand for what is judged now."""
        return self.files.get(self.judgement_uid, ())

    @property
    def judgement_uid(self) -> str:
        """The uid that the judgement has, or will have."""
        if self.key is None:
            return ""
        return judgement_uid(self.facts.audit.uid, *self.key, self.facts.auditor)

    def keep(self, key: Key, said: Said | None) -> None:
        """Remember that this is kept now, and what was before it."""
        self._undo.append((key, self.said.get(key)))
        self.on_the_way.add(key)
        self.put(key, said)

    def put(self, key: Key, said: Said | None) -> None:
        """What is kept of it is this; nothing for `None`."""
        self.drafts.pop(key, None)
        if said is None:
            self.said.pop(key, None)
        else:
            self.said[key] = said

    def undo(self) -> tuple[Key, Said | None] | None:
        """The last judgement that was kept, and what stood there before; `None` when there is none left."""
        return self._undo.pop() if self._undo else None

    @property
    def can_undo(self) -> bool:
        """Whether anything was kept in this sitting that can be undone."""
        return bool(self._undo) and not self.facts.sealed

    def before_this(self) -> Said | None:
        """What was said of this decision against the goal before: evidence is often the same."""
        case = self.case
        if case is None:
            return None
        keys = [(case.decision.uid, goal.uid) for goal in case.goals[: self.goal_at]]
        return next((self.said[key] for key in reversed(keys) if key in self.said), None)

    def undo_of(self, key: Key) -> Said | None:
        """What stood there before it was kept last, which is forgotten with this."""
        for at in reversed(range(len(self._undo))):
            if self._undo[at][0] == key:
                return self._undo.pop(at)[1]
        return self.facts.said.get(key)

    def first_left(self, case_at: int) -> int:
        """The first goal of a decision that is not judged; the first of all where all are."""
        case = self.facts.cases[case_at]
        left = [at for at, goal in enumerate(case.goals) if (case.decision.uid, goal.uid) not in self.said]
        return left[0] if left else 0

    def go_to(self, key: Key) -> None:
        """Go to a decision and a goal by their uids, if they are here."""
        for at, case in enumerate(self.facts.cases):
            for goal_at, goal in enumerate(case.goals):
                if (case.decision.uid, goal.uid) == key:
                    self.move(at, goal_at)

    def take_over(self, before: JudgingSession) -> None:
        """Go on where a sitting on the same audit stood, read anew: its drafts, its place, what can be undone."""
        self.drafts = {key: said for key, said in before.drafts.items() if self.said.get(key) != said}
        self.said |= {key: before.said[key] for key in before.on_the_way if key in before.said}
        self.on_the_way, self._undo = before.on_the_way, before._undo
        if before.key is not None:
            self.go_to(before.key)

    def _to_first_left(self) -> None:
        for at, case in enumerate(self.facts.cases):
            judged, owed = self.count_of(case)
            if not case.is_own and judged < owed:
                left = [(case.decision.uid, goal.uid) not in self.said for goal in case.goals]
                self.move(at, left.index(True))
                return
