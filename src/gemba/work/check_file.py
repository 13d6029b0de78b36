"""Check the file of one complaint against a checklist, by one reviewer or several, and how far they agree."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

import msgspec

from gemba.domain.assessments import Assessment, AssessmentState
from gemba.domain.change import Change
from gemba.domain.complaints import Complaint
from gemba.domain.places import Place
from gemba.domain.record import Uid
from gemba.domain.templates import Template
from gemba.errors import Refusal
from gemba.kinds.complaint_file import COMPLAINT_FILE
from gemba.methods.agreement.krippendorff import krippendorff
from gemba.methods.agreement.percent import percent_agreement
from gemba.store.reading import Reader
from gemba.work.conduct import answer_all, sheet_of, start
from gemba.work.desk import Desk
from gemba.work.records import known

_ENOUGH = 2
"""Reviewers who must have concluded before agreement is told."""


class ItemAgreement(msgspec.Struct, frozen=True):
    """How far reviewers agree on one item."""

    item: str
    """Its words."""
    files: int
    """Files that at least two have judged it in."""
    percent: float
    """Share of pairs of answers that agree, 0 to 1."""
    alpha: float | None
    """Krippendorff's, nominal; `None` when all answers are the same or there is one file only."""
    answers: tuple[tuple[str, ...], ...]
    """What each reviewer answered, file by file, in the words of the form."""


class Agreement(msgspec.Struct, frozen=True):
    """How far reviewers of the same files agree."""

    files: int
    """Files that at least two reviewers have concluded."""
    reviewers: int
    percent: float
    """Over all items of all files, 0 to 1."""
    alpha: float | None
    """Over all items of all files: each item of a file is a unit."""
    items: tuple[ItemAgreement, ...]


class _Item(msgspec.Struct, frozen=True):
    """What an item and its choices are called."""

    label: str
    choices: dict[str, str]


def begin(desk: Desk, complaint: Uid, template: Uid | None = None) -> Change:
    """Begin to check the file of a complaint; each reviewer begins one of their own.

    Args:
        desk: who does it, where.
        complaint: whose file.
        template: a checklist of the kind; the newest one that is not retired when left out.

    Raises:
        Refusal: there is no such checklist, or nothing says at which place the complaint belongs.
    """
    with desk.reader() as reader:
        about = known(reader, Complaint, complaint)
        checklist = known(reader, Template, template) if template else _newest(reader)
        place = _place_of(reader, about)
    change = start(desk, checklist.uid, place.uid, title=f"{checklist.title} · {about.number}", subject=complaint)
    _tell(desk, change.uid, about, place)
    return change


def checks_of(reader: Reader, complaints: Iterable[Uid]) -> dict[Uid, list[Assessment]]:
    """The checks of these complaints' files, without those that were corrected, in the order in which they began."""
    found: dict[Uid, list[Assessment]] = {}
    for complaint in complaints:
        checks = [each for each in reader.find(Assessment, subject=complaint) if each.kind == COMPLAINT_FILE.code]
        corrected = {each.corrects for each in checks}
        kept = [each for each in checks if each.uid not in corrected]
        if kept:
            found[complaint] = kept
    return found


def agreement(desk: Desk, reader: Reader, complaints: Iterable[Uid]) -> Agreement | None:
    """How far the reviewers of these complaints' files agree; `None` while no file was concluded by two.

    Only items on a scale are compared, and only checks by the same version of the checklist. What is unanswered is
    left out; "does not apply" is an answer.
    """
    units: dict[str, list[list[str]]] = defaultdict(list)
    words: dict[str, _Item] = {}
    files, people = 0, set()
    for checks in checks_of(reader, complaints).values():
        concluded = [each for each in checks if each.state is AssessmentState.CONCLUDED]
        for same in _of_one_version(concluded):
            files += 1
            people |= {each.person for each in same}
            rated = [_ratings(desk, reader, each.uid, words) for each in same]
            for path in dict.fromkeys(path for one in rated for path in one):
                units[path].append([one[path] for one in rated if one.get(path)])
    told = {path: [unit for unit in given if len(unit) >= _ENOUGH] for path, given in units.items()}
    told = {path: given for path, given in told.items() if given}
    if not told:
        return None
    everything = [unit for given in told.values() for unit in given]
    return Agreement(
        files=files,
        reviewers=len(people),
        percent=percent_agreement(everything).pairwise,
        alpha=_alpha(everything),
        items=tuple(_item(words[path], given) for path, given in told.items()),
    )


def _item(item: _Item, given: list[list[str]]) -> ItemAgreement:
    alpha = _alpha(given) if len(given) > 1 else None
    answers = tuple(tuple(item.choices.get(name, name) for name in unit) for unit in given)
    return ItemAgreement(item.label, len(given), percent_agreement(given).pairwise, alpha, answers)


def _alpha(units: Sequence[Sequence[str]]) -> float | None:
    found = krippendorff(units).alpha
    return None if math.isnan(found) else found


def _of_one_version(checks: list[Assessment]) -> list[list[Assessment]]:
    """The checks that can be compared: by one version of a checklist, at least two."""
    by_template: dict[Uid, list[Assessment]] = defaultdict(list)
    for each in checks:
        by_template[each.template].append(each)
    return [same for same in by_template.values() if len(same) >= _ENOUGH]


def _ratings(desk: Desk, reader: Reader, assessment: Uid, words: dict[str, _Item]) -> dict[str, str]:
    """The choice for each item on a scale; empty where nothing was answered. `words` learns what they are called."""
    fill = sheet_of(desk, reader, assessment).fill
    found: dict[str, str] = {}
    for item in fill.items():
        view = fill.view(item.path) if item.kind == "question" else None
        if view is not None and any(choice.score is not None for choice in view.choices):
            words.setdefault(item.path, _Item(view.label, {choice.name: choice.label for choice in view.choices}))
            found[item.path] = view.value
    return found


def _newest(reader: Reader) -> Template:
    fitting = [each for each in reader.find(Template, kind=COMPLAINT_FILE.code) if not each.retired]
    if not fitting:
        raise Refusal("work.no_file_checklist")
    return max(fitting, key=lambda each: (each.imported_at, each.uid))


def _place_of(reader: Reader, about: Complaint) -> Place:
    """The complaint's place; that above all when nobody knows it."""
    if about.place is not None:
        return known(reader, Place, about.place)
    tops = reader.find(Place, parent=None)
    if len(tops) != 1:
        raise Refusal("work.complaint_without_place", number=about.number)
    return tops[0]


def _tell(desk: Desk, assessment: Uid, about: Complaint, place: Place) -> None:
    """Answer what the file's record knows already, where the form asks for it by these names."""
    zone = ZoneInfo(place.zone)
    told = {"file_ref": about.number, "received_on": about.received_at.astimezone(zone).date().isoformat()}
    if about.closed_at is not None:
        told["closed_on"] = about.closed_at.astimezone(zone).date().isoformat()
    with desk.reader() as reader:
        fill = sheet_of(desk, reader, assessment).fill
    known_paths = {item.path.rpartition("/")[2]: item.path for item in fill.items() if item.kind == "question"}
    given = {known_paths[name]: value for name, value in told.items() if name in known_paths}
    if given:
        answer_all(desk, assessment, given)
