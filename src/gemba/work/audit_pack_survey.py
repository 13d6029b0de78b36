"""What an audit pack would be about: the assessments, their evidence, and what stays outside. Nothing is drawn here.

Beside the assessments stand actions that follow from complaints and were done in the same stretch, as far as photos or
files show it: no assessment is behind them, and what shows them would otherwise be in no pack.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.erasures import Erasure
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.places import Level, Place
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.packs.audit_pack_paths import fitting
from gemba.store.reading import Reader
from gemba.work import audit_pack_choice
from gemba.work.audit_pack_choice import Choice, Resolution
from gemba.work.audit_pack_newest import newest_moment

Step = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is; may raise to cancel."""

_GRADES = list(FindingGrade)


class Piece(msgspec.Struct, frozen=True):
    """One piece of evidence of the chosen assessments."""

    item: Evidence
    name: str
    """Of its file in the pack, without the ending."""
    concerns: str
    """Number of its finding; empty when it stands for an answer or the assessment as a whole."""
    weight: int
    """What stays longest when there is no room for all: 0 for a major nonconformity's, the highest for answers'."""
    action: str = ""
    """Number of the action that it shows as done; empty when it shows none."""


class Subject(msgspec.Struct, frozen=True):
    """One assessment of the pack."""

    assessment: Assessment
    place: Place
    above: tuple[str, ...]
    """Names of the places that hold it, the highest first."""
    pieces: tuple[Piece, ...]
    findings: int
    actions: int
    questions: int


class DoneAction(msgspec.Struct, frozen=True):
    """An action behind which there is no assessment, with what shows that it is done."""

    action: Action
    place: Place
    pieces: tuple[Piece, ...]


class Survey(msgspec.Struct, frozen=True):
    """Everything that was found for a choice."""

    subjects: tuple[Subject, ...]
    done: tuple[DoneAction, ...]
    drafts: tuple[tuple[str, str], ...]
    """Number and place of assessments that were begun in the period and are not concluded."""
    outside: dict[str, int]
    """Concluded assessments that the choice leaves out, by what leaves them out: `period`, `place`, `kind`."""
    erased: frozenset[str]
    """SHA-256 of content, and uids of records, that were erased."""
    places: tuple[str, ...]
    """Names of the chosen places."""
    organisation: str
    newest: datetime
    """When something of all that is chosen was last said."""
    proofs_outside: int
    """Photos and files without an assessment that the choice leaves out, and those of promises and escalations."""

    @property
    def pieces(self) -> list[Piece]:
        """All evidence, in the order of the register."""
        of_assessments = [piece for one in self.subjects for piece in one.pieces]
        return [*of_assessments, *(piece for one in self.done for piece in one.pieces)]


def survey(reader: Reader, choice: Choice, step: Step | None = None) -> Survey:
    """Look through the store for what was chosen.

    Raises:
        Refusal: `work.nothing_chosen`, or as `audit_pack_choice.check`.
    """
    audit_pack_choice.check(reader, choice)
    places = {place.uid: place for place in reader.find(Place)}
    chosen, drafts, outside = _assessments(reader, choice, places)
    if not chosen:
        raise Refusal("work.nothing_chosen", first=choice.first.isoformat(), last=choice.last.isoformat())
    chosen.sort(
        key=lambda one: (_above(places, one.place), places[one.place].name, one.concluded_at, one.number, one.uid)
    )
    erasures = reader.find(Erasure)
    found = _Found(reader, places, Counter(one.number for one in chosen))
    subjects = []
    for done, assessment in enumerate(chosen):
        if step:
            step("survey", done, len(chosen))
        subjects.append(found.subject(assessment))
    shown, left_out = _done(reader, choice, places)
    tops = [place for place in places.values() if place.level is Level.ENTERPRISE]
    return Survey(
        subjects=tuple(subjects),
        done=tuple(shown),
        drafts=tuple(sorted((one.number, places[one.place].name) for one in drafts)),
        outside=outside,
        erased=frozenset({each.entity for each in erasures} | {sha for each in erasures for sha in each.blobs}),
        places=tuple(sorted(places[uid].name for uid in choice.places)),
        organisation=tops[0].name if len(tops) == 1 else "",
        newest=newest_moment(reader, chosen, [one.action for one in shown], choice.places, places),
        proofs_outside=left_out,
    )


def ending(item: Evidence, resolution: Resolution) -> str:
    """How the name of a copy ends."""
    if item.width:
        as_it_came = {"image/png": ".png", "image/webp": ".webp"} if resolution is Resolution.ORIGINAL else {}
        return as_it_came.get(item.media_type, ".jpg")
    said = item.name.rpartition(".")[2] if "." in item.name else ""
    return f".{fitting(said.lower(), 8)}" if said else ".bin"


def _assessments(
    reader: Reader, choice: Choice, places: Mapping[Uid, Place]
) -> tuple[list[Assessment], list[Assessment], dict[str, int]]:
    """Those that are chosen, drafts of the same stretch, and how many others there are; place after place."""
    below = _below(places, choice.places)
    chosen: list[Assessment] = []
    drafts: list[Assessment] = []
    outside = Counter[str](period=0, place=0, kind=0)
    for uid in sorted(places):
        zone = _zone(places[uid])
        for one in reader.find(Assessment, place=uid):
            concluded = one.state is AssessmentState.CONCLUDED
            moment = (one.concluded_at if concluded else None) or one.started_at
            day = moment.astimezone(zone).date()
            why = _left_out(choice, day, one.kind, here=uid in below)
            if concluded and why:
                outside[why] += 1
            elif not why:
                (chosen if concluded else drafts).append(one)
    return chosen, drafts, dict(outside)


def _done(reader: Reader, choice: Choice, places: Mapping[Uid, Place]) -> tuple[list[DoneAction], int]:
    """Actions of the choice that only their own photos and files show, and how many such files it leaves out."""
    shown: dict[str, list[Evidence]] = {}
    for one in reader.find(Evidence, assessment=None):
        if not one.removed:
            shown.setdefault(one.subject, []).append(one)
    below = _below(places, choice.places)
    chosen = []
    for action in reader.many(
        Action, [subject.partition(":")[2] for subject in shown if subject.startswith("action:")]
    ):
        if action.done_at is None or action.place not in below or choice.kinds:
            continue
        day = action.done_at.astimezone(_zone(places[action.place])).date()
        if choice.first <= day <= choice.last:
            chosen.append(action)
    chosen.sort(key=lambda one: (places[one.place].name, one.done_at, one.number, one.uid))
    numbers = Counter(one.number for one in chosen)
    found = []
    for action in chosen:
        own = fitting(action.number, 60) + (f"-{action.uid[-4:]}" if numbers[action.number] > 1 else "")
        items = sorted(shown.pop(f"action:{action.uid}"), key=lambda one: (one.added_at, one.uid))
        pieces = [
            Piece(item, f"{own}-{number:02}", "", len(_GRADES), action.number) for number, item in enumerate(items, 1)
        ]
        found.append(DoneAction(action, places[action.place], tuple(pieces)))
    return found, sum(map(len, shown.values()))


def _left_out(choice: Choice, day: date, kind: str, *, here: bool) -> str:
    if not choice.first <= day <= choice.last:
        return "period"
    if not here:
        return "place"
    return "kind" if choice.kinds and kind not in choice.kinds else ""


def _below(places: Mapping[Uid, Place], chosen: tuple[Uid, ...]) -> set[Uid]:
    """The chosen places and all below them."""
    if not chosen:
        return set(places)
    found, more = set[Uid](), set(chosen)
    while more:
        found |= more
        more = {uid for uid, place in places.items() if place.parent in more} - found
    return found


def _above(places: Mapping[Uid, Place], uid: Uid) -> tuple[str, ...]:
    names: list[str] = []
    parent = places[uid].parent
    while parent is not None and parent in places and len(names) < 20:
        names.insert(0, places[parent].name)
        parent = places[parent].parent
    return tuple(names)


def _zone(place: Place) -> ZoneInfo:
    try:
        return ZoneInfo(place.zone)
    except (OSError, ValueError, LookupError):
        return ZoneInfo("UTC")


class _Found:
    """Collects what belongs to the assessments."""

    def __init__(self, reader: Reader, places: Mapping[Uid, Place], numbers: Counter[str]) -> None:
        self._reader, self._places, self._numbers = reader, places, numbers
        self._templates: dict[Uid, int] = {}

    def subject(self, assessment: Assessment) -> Subject:
        findings = {one.uid: one for one in self._reader.find(Finding, assessment=assessment.uid)}
        actions = self._reader.find(Action, assessment=assessment.uid)
        evidence = [one for one in self._reader.find(Evidence, assessment=assessment.uid) if not one.removed]
        evidence.sort(key=lambda one: (one.added_at, one.uid))
        own = fitting(assessment.number, 60)
        if self._numbers[assessment.number] > 1:
            own += f"-{assessment.uid[-4:]}"
        pieces = []
        for number, item in enumerate(evidence, 1):
            action = self._action(item)
            finding = findings.get(item.finding or (action.finding if action is not None else "") or "")
            weight = _GRADES.index(finding.grade) if finding else len(_GRADES)
            concerns = finding.number if finding else ""
            shows = action.number if action is not None else ""
            pieces.append(Piece(item, f"{own}-{number:02}", concerns, weight, shows))
        return Subject(
            assessment=assessment,
            place=self._places[assessment.place],
            above=_above(self._places, assessment.place),
            pieces=tuple(pieces),
            findings=len(findings),
            actions=len(actions),
            questions=self._questions(assessment.template),
        )

    def _action(self, item: Evidence) -> Action | None:
        """The action that a piece shows as done."""
        noun, _, uid = item.subject.partition(":")
        return self._reader.get(Action, uid) if noun == "action" else None

    def _questions(self, uid: Uid) -> int:
        if uid not in self._templates:
            template = self._reader.get(Template, uid)
            self._templates[uid] = template.questions if template else 0
        return self._templates[uid]
