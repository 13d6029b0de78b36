"""Warnings and hints of a release check: they need a word, or only to be known."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gemba.domain.escalations import Escalation, conflict_uid
from gemba.domain.findings import NEEDS_ACTION
from gemba.domain.goals import Goal
from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.programmes import AuditState
from gemba.wording import plural, text
from gemba.work.alignment_facts import FEWEST
from gemba.work.audit_scene import AuditScene
from gemba.work.goals_in_force import goals_of
from gemba.work.names_in_text import names_in
from gemba.work.release_told import Remark, Weight, some

HIGH_SHARE = 0.2
"""Share of verdicts that cannot be told from which on it is a warning: our convention."""
_WARNING, _HINT = Weight.WARNING, Weight.HINT


def retired(scene: AuditScene) -> Iterator[Remark]:
    """A goal that ended within the quarter: which decisions were judged against it."""
    for goal in scene.goals:
        ended = goal.retired_on
        if ended is not None and scene.audit.begins < ended <= scene.audit.ends:
            against = [case.decision.number for case in scene.cases if goal in case.goals]
            words = text(
                "“{goal}” was retired on {day}; {n:decision from before that day was|decisions from "
                "before that day were} judged against it.",
                goal=goal.title,
                day=ended.isoformat(),
                n=len(against),
            )
            yield Remark(f"goal_retired.{goal.code}", _WARNING, words, some(against), "judging")


def changed(scene: AuditScene) -> Iterator[Remark]:
    """A goal that stands in several versions within the quarter."""
    lines, by_code = goals_of(scene.reader).lines, dict[str, list[Goal]]()
    for goal in scene.goals:
        by_code.setdefault(lines.code(goal.uid), []).append(goal)
    for code, versions in by_code.items():
        if len(versions) > 1:
            words = text(
                "“{goal}” held in {n} versions or adaptations; each decision was judged against its own.",
                goal=versions[-1].title,
                n=len(versions),
            )
            yield Remark(f"goal_changed.{code}", _HINT, words, where="judging")


def ownerless(scene: AuditScene) -> Iterator[Remark]:
    """A goal that nobody answers for is a finding by itself, once however many of its versions are judged by."""
    lines, found = goals_of(scene.reader).lines, {one.goal for one in scene.kept_findings}
    raised = {lines.code(uid) for uid in found if uid and uid in lines.goals}
    for code, goal in {goal.code: goal for goal in scene.goals if not goal.owner.strip()}.items():
        told = text("a finding on it is raised") if lines.code(goal.uid) in raised else text("that is a finding")
        words = text("Nobody answers for “{goal}”: {told}.", goal=goal.title, told=told)
        yield Remark(f"goal_without_owner.{code}", _WARNING, words, where="findings")


def independence(scene: AuditScene) -> Iterator[Remark]:
    """What speaks against the auditors, where nobody said what keeps them independent."""
    own = sum(found.own for found in scene.doubts)
    if own:
        words = plural(
            "{n} sampled decision was taken by an auditor, who did not judge it.",
            "{n} sampled decisions were taken by an auditor, who did not judge them.",
            own,
        )
        numbers = {one.uid: one.number for one in scene.decisions}
        about = some(numbers.get(uid, "") for found in scene.doubts for uid in sorted(found.own_uids))
        yield Remark("own_decisions", _WARNING, words, about, "judging")
    told = [words for found in scene.doubts for words in found.warnings]
    if told:
        because = scene.audit.independent_because
        weight = _HINT if because else _WARNING
        yield Remark("independence", weight, " ".join(dict.fromkeys(told)), because, "plan")


def exceptions(scene: AuditScene) -> Iterator[Remark]:
    """Exceptions that were over before the audited days were."""
    ends = scene.audit.ends
    over = [one for one in scene.standing if one.exception and one.exception_until and one.exception_until < ends]
    if over:
        words = plural(
            "{n} exception ends before the audited period does: who goes on by it has none.",
            "{n} exceptions end before the audited period does: who goes on by them has none.",
            len(over),
        )
        yield Remark("exceptions_end", _WARNING, words, some(one.decision.number for one in over), "judging")


def cannot_tell(scene: AuditScene) -> Iterator[Remark]:
    """So much without evidence either way that the rate says little."""
    told = scene.standing
    blank = sum(one.verdict is AlignmentVerdict.CANNOT_TELL for one in told)
    if told and blank / len(told) >= HIGH_SHARE:
        words = text(
            "{n} of {all:verdict|verdicts} cannot be told: the rate says little of them.", n=blank, all=len(told)
        )
        yield Remark("cannot_tell", _WARNING, words, where="judging")


def sample(scene: AuditScene) -> Iterator[Remark]:
    """A sample of which something is lacking, or a frame that is no longer what it was."""
    if scene.sample is None:
        return
    here = len(scene.cases)
    if here < scene.sample.count:
        words = text("Only {n} of {all} drawn decisions are here.", n=here, all=scene.sample.count)
        yield Remark("sample_smaller", _WARNING, words, where="sample")
    bare = [case.decision.number for case in scene.cases if not case.goals]
    if bare:
        words = plural("For {n} sampled decision no goal held.", "For {n} sampled decisions no goal held.", len(bare))
        yield Remark("no_goal_held", _WARNING, words, some(bare), "sample")
    since = scene.frame_change
    if since is None:
        yield Remark("frame_not_here", _HINT, text("The frame of the draw is not here to compare."), where="sample")
    elif since.is_changed:
        late = len(since.recorded_later) + len(since.came_later)
        gone = len(since.dated_otherwise) + len(since.moved) + len(since.told_otherwise)
        words = text(
            "The decisions have changed since the draw: {late} came later, {gone} stand otherwise now.",
            late=late,
            gone=gone,
        )
        yield Remark("frame_changed", _WARNING, words, where="sample")


def unraised(scene: AuditScene) -> Iterator[Remark]:
    """Goals that decisions go against, and no finding says so."""
    lines = goals_of(scene.reader).lines
    needing = [one.goal for one in scene.kept_findings if one.grade in NEEDS_ACTION]
    told = {lines.code(uid) for uid in needing if uid and uid in lines.goals}
    against: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for one in scene.standing:
        if one.verdict is AlignmentVerdict.CONTRARY and not one.exception:
            against.setdefault(lines.code(one.goal.uid), []).append(one.decision.number)
            titles[lines.code(one.goal.uid)] = one.goal.title
    for code, numbers in against.items():
        if code not in told:
            words = plural(
                "{n} decision goes against “{goal}”, and no nonconformity says so.",
                "{n} decisions go against “{goal}”, and no nonconformity says so.",
                len(numbers),
                goal=titles[code],
            )
            yield Remark(f"no_finding.{code}", _WARNING, words, some(numbers), "findings")


def silence(scene: AuditScene) -> Iterator[Remark]:
    """Findings on which the auditee said nothing."""
    if scene.audit.state is not AuditState.RESPONDING:
        return
    silent = [one.number for one in scene.kept_findings if one.uid not in scene.responses]
    if silent:
        words = plural(
            "The auditee has not answered to {n} finding.", "The auditee has not answered to {n} findings.", len(silent)
        )
        yield Remark("not_answered", _WARNING, words, some(silent), "responses")


def maybe_names(scene: AuditScene) -> Iterator[Remark]:
    """Words that may be names."""
    texts = [one.text for one in scene.kept_findings]
    found = names_in(scene.reader, [*texts, *(one.judgement.exception for one in scene.standing)])
    if found.maybe or found.sure:
        words = text("Some words may be names of people; look whether they are.")
        yield Remark("may_be_names", _HINT, words, some([*found.sure, *found.maybe]), "findings")


def few(scene: AuditScene) -> Iterator[Remark]:
    """Too few verdicts for a rate."""
    told = [one for one in scene.standing if one.verdict is not AlignmentVerdict.CANNOT_TELL]
    if scene.standing and len(told) < FEWEST:
        words = text("Fewer than {n} verdicts: the report tells counts and no rate.", n=FEWEST)
        yield Remark("too_few", _HINT, words, where="sample")


def conflicts(scene: AuditScene) -> Iterator[Remark]:
    """Contrary verdicts for which no conflict was opened: the auditor says whether one is."""
    bare = [
        one.decision.number
        for one in scene.standing
        if one.verdict is AlignmentVerdict.CONTRARY
        and scene.reader.get(Escalation, conflict_uid(one.decision.uid, one.goal.uid)) is None
    ]
    if bare:
        words = plural(
            "{n} contrary decision is not escalated as a conflict; say so when you conclude, if it should be.",
            "{n} contrary decisions are not escalated as conflicts; say so when you conclude, if they should be.",
            len(bare),
        )
        yield Remark("not_escalated", _HINT, words, some(bare), "findings")


ALL: tuple[Callable[[AuditScene], Iterator[Remark]], ...] = (
    retired,
    changed,
    ownerless,
    independence,
    exceptions,
    cannot_tell,
    sample,
    unraised,
    silence,
    maybe_names,
    few,
    conflicts,
)
