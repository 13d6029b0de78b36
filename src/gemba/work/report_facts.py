"""The facts of an assessment report, read off the records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from gemba.domain.actions import Action
from gemba.domain.assessments import Answer, Assessment, AssessmentState
from gemba.domain.conclusions import Conclusion, SectionScore
from gemba.domain.evidence import Evidence
from gemba.domain.findings import Finding, FindingGrade
from gemba.domain.people import Person
from gemba.domain.places import Level, Place
from gemba.domain.process_maps import AlertState, GoAndSee
from gemba.domain.record import Uid
from gemba.domain.settlements import Settlement
from gemba.forms.views import View
from gemba.kinds.model import Tone as KindTone
from gemba.kinds.telling import scale_title
from gemba.reports.facts import (
    ActionFacts,
    AlertFacts,
    AssessmentFacts,
    FindingFacts,
    LineFacts,
    PairFacts,
    PhotoFacts,
    ScaleFacts,
    SectionFacts,
    Tone,
)
from gemba.store.reading import Reader
from gemba.store.shown import shown
from gemba.wording import text
from gemba.work.conclude import Outlook, conclusion_of, outlook_of
from gemba.work.conduct import Sheet, sheet_of
from gemba.work.contain_finding import lacks_containment
from gemba.work.desk import Desk
from gemba.work.go_and_see import carried
from gemba.work.migrate_draft import parked_of
from gemba.work.observation_facts import route_title, stop_facts
from gemba.work.photo_pairs import Pair, files_of, pairs_of
from gemba.work.proof_facts import action_facts, with_after
from gemba.work.records import known
from gemba.work.similar_elsewhere import similar_words
from gemba.work.without_customer import without_customer

GRADE_TONES: dict[FindingGrade, Tone] = {
    FindingGrade.MAJOR: "poor",
    FindingGrade.MINOR: "fair",
    FindingGrade.OPPORTUNITY: "plain",
    FindingGrade.CONFORMITY: "good",
    FindingGrade.GOOD_PRACTICE: "good",
}


TONES: dict[KindTone, Tone] = {
    KindTone.GOOD: "good",
    KindTone.FAIR: "fair",
    KindTone.POOR: "poor",
    KindTone.PLAIN: "plain",
}


def grade_title(grade: FindingGrade) -> str:
    """A finding's grade in words."""
    titles = {
        FindingGrade.MAJOR: text("Major nonconformity"),
        FindingGrade.MINOR: text("Minor nonconformity"),
        FindingGrade.OPPORTUNITY: text("Opportunity for improvement"),
        FindingGrade.CONFORMITY: text("Conformity"),
        FindingGrade.GOOD_PRACTICE: text("Good practice"),
    }
    return titles[grade]


class Showing(msgspec.Struct, frozen=True):
    """How evidence is shown in a report."""

    picture: Callable[[Evidence], bytes | None]
    """The upright copy of a picture with its marks burned in; `None` when there is none to show."""
    name: Callable[[Evidence], str]
    """What a piece is called."""


def assessment_facts(desk: Desk, reader: Reader, uid: Uid, showing: Showing | None = None) -> AssessmentFacts:
    """Everything that the report of an assessment prints, in the chosen language.

    Args:
        desk: where the records are.
        reader: one view of the store.
        uid: the assessment's.
        showing: how evidence is shown; as it was added when nothing is said.

    Raises:
        Refusal: the assessment is unknown.
    """
    sheet = sheet_of(desk, reader, uid)
    outlook = outlook_of(sheet)
    assessment = sheet.assessment
    showing = showing or Showing(lambda item: shown(desk.store.evidence, item), lambda item: item.name)
    conclusion = conclusion_of(reader, uid)
    grade = outlook.kind.grade(conclusion.grade if conclusion else outlook.outcome.grade)
    corrected = reader.get(Assessment, assessment.corrects) if assessment.corrects else None
    above = places_above(reader, sheet.place)
    facts = AssessmentFacts(
        number=assessment.number,
        title=assessment.title,
        kind_title=text(outlook.kind.title),
        organisation=above[0].name if above and above[0].level is Level.ENTERPRISE else "",
        place=sheet.place.name,
        place_path=tuple(place.name for place in above),
        person=known(reader, Person, assessment.person).name,
        started_at=assessment.started_at,
        concluded_at=assessment.concluded_at,
        zone=sheet.place.zone,
        score=conclusion.score if conclusion else outlook.outcome.score,
        grade_title=text(grade.title),
        grade_tone=TONES[grade.tone],
        sections=(
            *_sections(showing, sheet, outlook, conclusion.sections if conclusion else outlook.sections),
            *_parked(reader, uid),
        ),
        findings=tuple(_finding(showing, reader, sheet, finding) for finding in _worst_first(sheet.findings)),
        alerts=tuple(_alert(alert) for alert in carried(reader, uid)),
        route=route_title(reader, assessment),
        stops=tuple(stop_facts(reader, assessment)),
        critical=tuple(sheet.fill.view(path).label for path in (conclusion or outlook).critical),
        unanswered=conclusion.unanswered if conclusion else outlook.unanswered,
        scales=tuple(
            ScaleFacts(scale_title(name), percent)
            for name, percent in (conclusion.scales if conclusion else outlook.outcome.scales).items()
        ),
        share_unanswered=outlook.share_unanswered,
        summary=conclusion.summary if conclusion else "",
        corrects=corrected.number if corrected else None,
        template_title=sheet.template.title,
        template_version=sheet.template.version,
        content_hash=sheet.template.source,
        seed=assessment.seed,
        draft=assessment.state is AssessmentState.DRAFT,
        settled_since=_settled_since(reader, uid, conclusion, outlook),
    )
    return without_customer(reader, facts, assessment.subject)


def _settled_since(reader: Reader, uid: Uid, conclusion: Conclusion | None, outlook: Outlook) -> bool:
    """True when answers were settled after the conclusion, and would no longer give what it says."""
    if conclusion is None:
        return False
    now = (outlook.outcome.score, outlook.outcome.grade, outlook.unanswered)
    if now == (conclusion.score, conclusion.grade, conclusion.unanswered):
        return False
    answers = [answer.uid for answer in reader.find(Answer, assessment=uid)]
    return any(one.settled_at > conclusion.concluded_at for one in reader.among(Settlement, "entity", answers))


def _alert(alert: GoAndSee) -> AlertFacts:
    """What was seen of something that the walk was asked to go and see."""
    states: dict[AlertState, tuple[str, Tone]] = {
        AlertState.SEEN: (text("Seen"), "good"),
        AlertState.DROPPED: (text("Dropped"), "plain"),
    }
    state, tone = states.get(alert.state, (text("Not answered"), "fair"))
    return AlertFacts(question=alert.question, state=state, tone=tone, seen=alert.seen)


def places_above(reader: Reader, place: Place) -> list[Place]:
    """The places that hold this one, the highest first."""
    found: list[Place] = []
    while place.parent is not None and len(found) < 20:
        place = known(reader, Place, place.parent)
        found.insert(0, place)
    return found


def _sections(
    showing: Showing, sheet: Sheet, outlook: Outlook, scores: Iterable[SectionScore]
) -> tuple[SectionFacts, ...]:
    """The checklist by its top sections; questions outside all sections make one of their own."""
    scored = {score.path: score for score in scores}
    points = sheet.fill.score().items
    groups: list[tuple[str, str, list[LineFacts]]] = []
    for item in sheet.fill.items():
        if item.kind in {"section", "repeat"}:
            if item.depth == 0:
                groups.append((item.path, numbered(sheet, item.path), []))
        elif item.kind == "question":
            if not groups or (item.depth == 0 and groups[-1][0]):
                groups.append(("", text("General"), []))
            groups[-1][2].append(_line(showing, sheet, outlook, item.path, points.get(item.path)))
    return tuple(_section(title, scored.get(path), tuple(lines)) for path, title, lines in groups if lines)


def numbered(sheet: Sheet, path: str) -> str:
    """What a section is called; one of a repeat with its number."""
    label = sheet.fill.view(path).label or path.rpartition("/")[2].partition("[")[0]
    return f"{label} {path.rpartition('[')[2][:-1]}" if path.endswith("]") else label


def _within(sheet: Sheet, path: str) -> str:
    """The repeats below its section in which a question stands, with their numbers; empty for most."""
    inside = [path[: found.end()] for found in re.finditer(r"\[\d+\]", path)]
    return " · ".join(numbered(sheet, each) for each in inside if each.count("/") > 2)


def _parked(reader: Reader, uid: Uid) -> Iterator[SectionFacts]:
    """Answers to questions of an earlier version, which the version that was gone on with does not ask."""
    lines = tuple(LineFacts(question=each.label, answer=each.value, note=each.note) for each in parked_of(reader, uid))
    if lines:
        title = text("Answers to an earlier version of the checklist")
        yield SectionFacts(title=title, lines=lines, answered=len(lines), questions=len(lines))


def _section(title: str, score: SectionScore | None, lines: tuple[LineFacts, ...]) -> SectionFacts:
    if score is None:
        answered = sum(1 for line in lines if line.answer)
        return SectionFacts(title=title, lines=lines, answered=answered, questions=len(lines))
    return SectionFacts(
        title=title,
        percent=score.percent,
        points=score.points,
        possible=score.possible,
        answered=score.answered,
        questions=score.questions,
        lines=lines,
    )


def _line(showing: Showing, sheet: Sheet, outlook: Outlook, path: str, points: tuple[float, float] | None) -> LineFacts:
    view = sheet.fill.view(path)
    photos = [item for item in sheet.evidence if item.path == path and item.finding is None]
    return LineFacts(
        question=" · ".join(part for part in (_within(sheet, path), view.label or view.name) if part),
        answer=answer_shown(view, [showing.name(item) for item in photos]),
        note=sheet.notes.get(path, ""),
        score_text="" if points is None else f"{points[0]:g} / {points[1]:g}",
        critical=view.critical,
        failed=path in outlook.critical,
        photos=_photos(showing, photos),
    )


def answer_shown(view: View, photos: Sequence[str]) -> str:
    """An answer as a person reads it: the choices' labels, a photo's name."""
    if not view.value and photos:
        return ", ".join(photos)
    labels = {choice.name: choice.label for choice in view.choices}
    if not labels:
        return _moment(view.kind, view.value)
    return ", ".join(labels.get(name, name) for name in view.value.split())


def _moment(kind: str, value: str) -> str:
    """A time or moment without seconds and zone, as it stood on the clock there; anything else as it is."""
    if kind == "dateTime":
        return value.replace("T", " ")[:16]
    return value[:5] if kind == "time" else value


def _worst_first(findings: Iterable[Finding]) -> list[Finding]:
    order = list(FindingGrade)
    return sorted(findings, key=lambda finding: (order.index(finding.grade), finding.number))


def _finding(showing: Showing, reader: Reader, sheet: Sheet, finding: Finding) -> FindingFacts:
    actions = sorted(reader.find(Action, finding=finding.uid), key=lambda action: (action.due, action.number))
    pairs = {action.uid: with_after(pairs_of(reader, action)) for action in actions}
    shown = {pair.before.uid for some in pairs.values() for pair in some if pair.before is not None}
    photos = [item for item in sheet.evidence if item.finding == finding.uid and item.uid not in shown]
    return FindingFacts(
        number=finding.number,
        grade=finding.grade,
        grade_title=grade_title(finding.grade),
        tone=GRADE_TONES[finding.grade],
        criterion=finding.criterion,
        text=finding.text,
        place=sheet.place.name,
        photos=_photos(showing, photos),
        actions=tuple(_action(showing, action, pairs[action.uid], files_of(reader, action)) for action in actions),
        contained=finding.contained,
        contained_at=finding.contained_at,
        lacks_containment=lacks_containment(finding),
        elsewhere=similar_words(finding.similar, finding.similar_note),
    )


def _action(showing: Showing, action: Action, pairs: Sequence[Pair], files: Sequence[Evidence]) -> ActionFacts:
    made = tuple(PairFacts(before=_photo(showing, one.before), after=_photo(showing, one.after)) for one in pairs)
    return action_facts(action, made, tuple(showing.name(one) for one in files))


def _photo(showing: Showing, item: Evidence | None) -> PhotoFacts | None:
    found = _photos(showing, [item]) if item is not None else ()
    return found[0] if found else None


def _photos(showing: Showing, evidence: Iterable[Evidence]) -> tuple[PhotoFacts, ...]:
    """The upright copies of those that are pictures, with their marks burned in."""
    found: list[PhotoFacts] = []
    for item in evidence:
        jpeg = showing.picture(item)
        if jpeg is not None:
            found.append(PhotoFacts(jpeg=jpeg, caption=showing.name(item), width=item.width, height=item.height))
    return tuple(found)
