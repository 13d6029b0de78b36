"""Which requirement is in which document, in which version, and how long ago somebody looked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.goals import Requirement
from gemba.domain.record import Uid
from gemba.kinds.registers.audits import DOCUMENT_AUDITS
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.goals_in_force import in_force, lineage
from gemba.work.register_view import as_declared

OLD = 365
"""Days after which a look is to be made again."""


class Subject(msgspec.Struct, frozen=True):
    """A goal or a requirement: a row."""

    link: str
    title: str


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """The newest look for a requirement in a document."""

    subject: str
    document: str
    entry: Uid
    found: str
    """`yes`, `part` or `missing`."""
    version: str
    where: str
    seen_on: date
    old: bool
    """Longer ago than a year."""
    outdated: bool
    """Another version of the document was seen later."""


class DocumentMatrix(msgspec.Struct, frozen=True):
    """Requirements by documents."""

    subjects: tuple[Subject, ...]
    documents: tuple[str, ...]
    cells: tuple[Seen, ...]
    """Where somebody looked; a hole anywhere else."""
    gone: tuple[Uid, ...]
    """Entries whose goal or requirement no longer holds."""

    def at(self, subject: str, document: str) -> Seen | None:
        """The look for a requirement in a document; `None` for a hole."""
        return self._by_place().get((subject, document))

    def holes(self) -> int:
        """Cells where nobody has looked."""
        return len(self.subjects) * len(self.documents) - len(self.cells)

    def nowhere(self) -> tuple[Subject, ...]:
        """Requirements that are in no document as far as anybody has seen."""
        there = {cell.subject for cell in self.cells if cell.found != "missing"}
        return tuple(each for each in self.subjects if each.link not in there)

    def _by_place(self) -> dict[tuple[str, str], Seen]:
        return {(cell.subject, cell.document): cell for cell in self.cells}

    def with_holes(self) -> tuple[str, ...]:
        """Links of the requirements that nobody has looked up in every document."""
        looked = Counter(cell.subject for cell in self.cells)
        return tuple(each.link for each in self.subjects if looked[each.link] < len(self.documents))


def document_matrix(desk: Desk, place: Uid | None = None) -> DocumentMatrix:
    """Lay requirements and documents across each other.

    Args:
        desk: who asks, where.
        place: the goals that hold there; those of the whole enterprise when left out.
    """
    with desk.reader() as reader:
        today = reader.clock().date()
        subjects = _subjects(reader, place, today)
        entries = [entry for entry in as_declared(reader, DOCUMENT_AUDITS) if entry.state != "replaced"]
        codes = lineage(reader)
        goals = {goal.code: goal.uid for goal in in_force(reader, place, today)}
    rows = {each.link for each in subjects}
    names: dict[str, str] = {}
    newest: dict[tuple[str, str], RegisterEntry] = {}
    gone: list[Uid] = []
    for entry in sorted(entries, key=_day):
        subject = _today(entry.fields.get("subject", ""), codes, goals)
        document = names.setdefault(entry.title.strip().casefold(), entry.title.strip())
        if subject in rows:
            newest[subject, document] = entry
        else:
            gone.append(entry.uid)
    versions = _versions(newest, names)
    cells = tuple(_seen(key, entry, versions, today) for key, entry in newest.items())
    return DocumentMatrix(subjects, tuple(sorted(names.values(), key=str.casefold)), cells, tuple(gone))


def _subjects(reader: Reader, place: Uid | None, today: date) -> tuple[Subject, ...]:
    """Goals that hold, each followed by its requirements; a requirement stays while its goal gets new versions."""
    codes = lineage(reader)
    by_code: dict[str, list[Requirement]] = {}
    for need in reader.find(Requirement):
        if not need.retired:
            by_code.setdefault(codes.get(need.goal, ""), []).append(need)
    found: list[Subject] = []
    for goal in in_force(reader, place, today):
        found.append(Subject(f"goal:{goal.uid}", goal.title))
        found += [
            Subject(f"requirement:{need.uid}", f"{goal.code}: {need.driver}") for need in by_code.get(goal.code, [])
        ]
    return tuple(found)


def _today(link: str, codes: Mapping[Uid, str], goals: Mapping[str, Uid]) -> str:
    """What a link means today: a goal in the version that holds now."""
    noun, _, uid = link.partition(":")
    code = codes.get(uid, "") if noun == "goal" else ""
    return f"goal:{goals[code]}" if code in goals else link


def _day(entry: RegisterEntry) -> tuple[str, str]:
    return entry.fields.get("seen_on", ""), entry.made_at.isoformat()


def _versions(newest: dict[tuple[str, str], RegisterEntry], names: dict[str, str]) -> dict[str, str]:
    """Of each document the version that was seen last."""
    found: dict[str, str] = {}
    for document in names.values():
        seen = [entry for (_, each), entry in newest.items() if each == document and entry.fields.get("version")]
        if seen:
            found[document] = max(seen, key=_day).fields["version"]
    return found


def _seen(key: tuple[str, str], entry: RegisterEntry, versions: dict[str, str], today: date) -> Seen:
    seen_on = date.fromisoformat(entry.fields["seen_on"])
    version = entry.fields.get("version", "")
    return Seen(
        subject=key[0],
        document=key[1],
        entry=entry.uid,
        found=entry.fields.get("found", ""),
        version=version,
        where=entry.fields.get("where", ""),
        seen_on=seen_on,
        old=(today - seen_on).days > OLD,
        outdated=bool(version) and version != versions.get(key[1], version),
    )
