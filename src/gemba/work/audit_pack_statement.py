"""The completeness statement of an audit pack: what is in it, what is not and why; for people and for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from gemba import wording
from gemba.kinds.registry import by_code
from gemba.packs import canonical
from gemba.packs.statements import from_time
from gemba.reports.binder_facts import StatementFacts
from gemba.wording import plural, text
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.audit_pack_gaps import Gaps
from gemba.work.audit_pack_survey import Survey

FORMAT = "gemba-completeness v1"
_ALIGNMENT = "alignment_audit"
_LISTED = 40
"""Laptops that the statement for people names; the one for programs names all."""


class Absent(msgspec.Struct, frozen=True):
    """Something that is not in the pack, though it belongs to what was chosen."""

    what: str
    """`assessment`, `report`, `evidence` or `table`."""
    name: str
    """Number of the assessment, or the name of the file that is not there."""
    reason: str
    """`draft`, `erased`, `missing`, `damaged`, `unreadable`, `failed` or `over_budget`."""
    note: str = ""
    """More, for people: the place of a draft."""


class Account(msgspec.Struct, kw_only=True):
    """What came to be in a pack."""

    choice: Choice
    survey: Survey
    signer: str
    """Name and id of the device that signs."""
    resolution: Resolution
    """That was given, which may be lower than the one asked for."""
    gaps: Gaps
    reports: int = 0
    pages: int = 0
    evidence: int = 0
    evidence_bytes: int = 0
    redacted: int = 0
    """Photos in which something was made unrecognisable."""
    tables: tuple[str, ...] = ()
    absent: list[Absent] = msgspec.field(default_factory=list)
    remarks: list[str] = msgspec.field(default_factory=list)
    """Sentences."""

    @property
    def findings(self) -> int:
        """Of all assessments."""
        return sum(one.findings for one in self.survey.subjects)

    @property
    def actions(self) -> int:
        """Of all assessments, and those that only photos or files show."""
        return sum(one.actions for one in self.survey.subjects) + len(self.survey.done)


def reason_words(reason: str) -> str:
    """Why something is not there."""
    return {
        "draft": text("a draft: not concluded"),
        "erased": text("erased by order"),
        "missing": text("the file is not in this store"),
        "damaged": text("the file is damaged"),
        "unreadable": text("the picture cannot be read, so nothing can be taken out of it"),
        "failed": text("its report could not be drawn"),
        "over_budget": text("no room within the size that was asked for"),
    }[reason]


def resolution_words(resolution: Resolution) -> str:
    """How large photos are given."""
    return {
        Resolution.ORIGINAL: text("photos at their full size"),
        Resolution.SCREEN: text("photos with 1,600 pixels on the longer side, or as they came where that is less"),
        Resolution.SMALL: text("photos with 800 pixels on the longer side, or as they came where that is less"),
    }[resolution]


def chosen_rows(choice: Choice, survey: Survey) -> list[tuple[str, str]]:
    """What was chosen, label and value."""
    kinds = ", ".join(text(by_code(kind).title) for kind in choice.kinds)
    return [
        (text("Concluded"), text("{first} to {last}", first=choice.first, last=choice.last)),
        (text("Places"), ", ".join(survey.places) or text("all places")),
        (text("Kinds"), kinds or text("all kinds")),
        (text("Evidence"), resolution_words(choice.evidence)),
        (text("Newest record"), from_time(survey.newest)),
    ]


def notices(account: Account) -> list[str]:
    """Sentences on what the copies do not show."""
    found = [
        text("Names of persons stand as they are recorded.")
        if account.choice.with_names
        else text(
            "Persons who conducted assessments and owners of actions stand as a role and a short code. "
            "What people wrote in their own words was not changed."
        ),
        text("Photos carry no remarks of the camera (place, device); what was made unrecognisable stays so."),
        text("Other files are copied as they came, with whatever is written inside them."),
    ]
    if any(one.assessment.kind == _ALIGNMENT for one in account.survey.subjects):
        found.append(
            text(
                "Of alignment audits it holds how they were conducted and what was found. The decisions that were "
                "drawn and judged stand in the report of each audit, which is not in this pack."
            )
        )
    if account.resolution is not account.choice.evidence:
        given = resolution_words(account.resolution)
        found.append(text("To keep to the size that was asked for, it holds {given}.", given=given))
    return found


def parts(account: Account) -> list[StatementFacts]:
    """The statement as the binder prints it."""
    over = sum(1 for one in account.absent if one.reason == "over_budget")
    rows = [
        (" · ".join(part for part in (one.name, one.note) if part), reason_words(one.reason))
        for one in account.absent
        if one.reason != "over_budget"
    ]
    if over:
        rows.append((plural("{n} file of evidence", "{n} files of evidence", over), reason_words("over_budget")))
    missing = StatementFacts(heading=text("Chosen, but not in this pack"), rows=tuple(rows))
    if not rows:
        missing = StatementFacts(heading=missing.heading, lines=(text("Nothing: everything that was chosen is here."),))
    return [
        StatementFacts(heading=text("What was chosen"), rows=tuple(chosen_rows(account.choice, account.survey))),
        StatementFacts(heading=text("In this pack"), lines=tuple(_included(account))),
        missing,
        _not_arrived(account.gaps),
        *_unsettled(account),
        StatementFacts(heading=text("Outside what was chosen"), lines=tuple(_outside(account.survey))),
        StatementFacts(heading=text("What copies do not show"), lines=tuple(notices(account))),
        *([StatementFacts(heading=text("Remarks"), lines=tuple(account.remarks))] if account.remarks else []),
    ]


def as_text(account: Account, title: str) -> bytes:
    """`completeness.txt`: the same for people without a reader of PDF, and every file that is not there."""
    lines = [title, "=" * len(title)]
    for part in parts(account):
        lines += ["", part.heading, "-" * len(part.heading), *part.lines]
        lines += [f"{what}: {why}" for what, why in part.rows]
    over = [one.name for one in account.absent if one.reason == "over_budget"]
    if over:
        heading = text("Evidence for which there was no room")
        lines += ["", heading, "-" * len(heading), *over]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def as_json(account: Account) -> bytes:
    """`data/completeness.json`, canonical."""
    choice, survey = account.choice, account.survey
    said: dict[str, Any] = {
        "format": FORMAT,
        "language": wording.language(),
        "signer": account.signer,
        "newest_record": from_time(survey.newest),
        "choice": {
            "first": choice.first.isoformat(),
            "last": choice.last.isoformat(),
            "places": sorted(choice.places),
            "place_names": list(survey.places),
            "kinds": sorted(choice.kinds),
            "evidence": choice.evidence.value,
            "with_names": choice.with_names,
            "budget": choice.budget,
        },
        "included": {
            "assessments": len(survey.subjects),
            "reports": account.reports,
            "pages": account.pages,
            "findings": account.findings,
            "actions": account.actions,
            "actions_on_complaints": len(survey.done),
            "evidence": account.evidence,
            "evidence_resolution": account.resolution.value,
            "redacted": account.redacted,
            "tables": list(account.tables),
        },
        "absent": [{"what": one.what, "name": one.name, "reason": one.reason} for one in account.absent],
        "not_arrived": {
            "headquarters": account.gaps.at_headquarters,
            "changes": [
                {"device": one.device, "epoch": one.epoch, "first": one.first_seq, "last": one.last_seq}
                for one in account.gaps.missing
            ],
            "laptops": list(account.gaps.silent),
            "packs_waiting": account.gaps.quarantined,
        },
        "unsettled": [number for number, _ in _disputed(account)],
        "outside": dict(sorted({**survey.outside, "proofs": survey.proofs_outside}.items())),
        "remarks": list(account.remarks),
    }
    return canonical.dumps(_writable(said))


def figures(account: Account) -> list[tuple[int, str]]:
    """The counts on the cover."""
    return [
        (account.reports, text("Reports")),
        (account.findings, text("Findings")),
        (account.actions, text("Actions")),
        (account.evidence, text("Files of evidence")),
    ]


def count_of_absent(absent: Sequence[Absent]) -> dict[str, int]:
    """How many things are not there, by reason."""
    return dict(sorted(Counter(one.reason for one in absent).items()))


def _included(account: Account) -> Iterator[str]:
    yield plural("{n} report of a concluded assessment", "{n} reports of concluded assessments", account.reports)
    yield plural("{n} finding", "{n} findings", account.findings)
    yield plural("{n} action", "{n} actions", account.actions)
    if account.survey.done:
        yield plural(
            "{n} of them follows from complaints: what shows that it was done stands in the register",
            "{n} of them follow from complaints: what shows that they were done stands in the register",
            len(account.survey.done),
        )
    given = resolution_words(account.resolution)
    yield plural("{n} file of evidence ({given})", "{n} files of evidence ({given})", account.evidence, given=given)
    if account.redacted:
        yield plural(
            "in {n} of them something was made unrecognisable",
            "in {n} of them something was made unrecognisable",
            account.redacted,
        )
    yield plural("{n} table", "{n} tables", len(account.tables))


def _not_arrived(gaps: Gaps) -> StatementFacts:
    heading = text("What may not have reached this store")
    if not gaps.at_headquarters:
        line = text(
            "It was made of one laptop's store: what others recorded is in it as far as they shared it with it."
        )
        return StatementFacts(heading=heading, lines=(line,))
    if gaps.is_known_whole:
        line = text(
            "Nothing is known to be missing: of each laptop something arrived after the last day that was chosen, "
            "and its changes are here without a gap."
        )
        return StatementFacts(heading=heading, lines=(line,))
    lines = []
    if gaps.quarantined:
        lines.append(
            plural(
                "{n} pack that has arrived waits for a decision; what it brings is not here.",
                "{n} packs that have arrived wait for a decision; what they bring is not here.",
                gaps.quarantined,
            )
        )
    missing = Counter[str]()
    for gap in gaps.missing:
        missing[gap.device] += gap.last_seq - gap.first_seq + 1
    rows = [
        (
            text("Laptop {device}", device=device),
            plural("{n} change has not arrived", "{n} changes have not arrived", n),
        )
        for device, n in sorted(missing.items())
    ]
    rows += [
        (text("Laptop {device}", device=device), text("nothing arrived after the last day that was chosen"))
        for device in gaps.silent
    ]
    more = len(rows) - _LISTED
    if more > 0:
        lines.append(
            plural("{n} more line stands in completeness.json.", "{n} more lines stand in completeness.json.", more)
        )
    return StatementFacts(heading=heading, lines=tuple(lines), rows=tuple(rows[:_LISTED]))


def _disputed(account: Account) -> list[tuple[str, str]]:
    """Numbers and places of the assessments with something on which several disagree."""
    return [
        (one.assessment.number, one.place.name)
        for one in account.survey.subjects
        if one.assessment.uid in account.gaps.unsettled
    ]


def _unsettled(account: Account) -> list[StatementFacts]:
    why = text("several disagree on something in it, and one of their values is shown")
    rows = tuple((f"{number} · {place}", why) for number, place in _disputed(account))
    return [StatementFacts(heading=text("Not settled"), rows=rows)] if rows else []


def _outside(survey: Survey) -> Iterator[str]:
    words = {
        "period": text("Concluded assessments of another time: {n}", n=survey.outside.get("period", 0)),
        "place": text("Concluded assessments at other places: {n}", n=survey.outside.get("place", 0)),
        "kind": text("Concluded assessments of other kinds: {n}", n=survey.outside.get("kind", 0)),
    }
    found = [words[why] for why, count in survey.outside.items() if count]
    yield from found or [text("This store holds no other concluded assessments.")]
    if survey.proofs_outside:
        yield text(
            "Photos and files of other actions on complaints, of promises and of escalations: {n}",
            n=survey.proofs_outside,
        )


def _writable(value: Any) -> Any:
    """Without what canonical JSON refuses: NUL and halves of characters in names that came from outside."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, list):
        return [_writable(one) for one in value]
    return {key: _writable(one) for key, one in value.items()} if isinstance(value, dict) else value
