"""Names of persons in an audit pack: a role and a short code that stays the same, unless names are asked for."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from gemba.domain.people import Person, Role
from gemba.domain.record import Uid
from gemba.packs.audit_pack_paths import fitting
from gemba.reports.facts import AssessmentFacts
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.table_files import Cell, TableFiles

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Names:
    """What persons are called in one pack.

    A recorded person's code follows from the uid and is the same in every pack of every store. Owners of actions are
    free words; their code needs a secret of this store, so that nobody can try names until one fits.

    Args:
        desk: whose pack it is.
        reader: of the store.
        plain: call persons by their names.
    """

    def __init__(self, desk: Desk, reader: Reader, *, plain: bool) -> None:
        self.plain = plain
        self._people = {one.uid: one for one in reader.find(Person)}
        self._secret = desk.store.device.sign(b"gemba-audit-pack-names\0")

    def person(self, uid: Uid) -> str:
        """What a recorded person is called."""
        found = self._people.get(uid)
        if self.plain:
            return found.name if found else ""
        digest = hashlib.sha256(b"gemba-person\0" + uid.encode()).digest()
        return f"{_role(found.role if found else Role.AUDITOR)} {_code(digest)}"

    def owner(self, name: str) -> str:
        """What the owner of an action is called."""
        if self.plain or not name.strip():
            return name
        digest = hmac.digest(self._secret, name.strip().casefold().encode(), "sha256")
        return f"{text('Owner')} {_code(digest)}"

    def in_report(self, facts: AssessmentFacts, person: Uid, files: Mapping[str, str]) -> AssessmentFacts:
        """The facts of a report without names.

        Args:
            facts: as they are.
            person: who conducted the assessment.
            files: what its evidence is called in the pack, by the name that it had.
        """
        if self.plain:
            return facts
        replace = msgspec.structs.replace
        findings = tuple(
            replace(
                finding, actions=tuple(replace(action, owner=self.owner(action.owner)) for action in finding.actions)
            )
            for finding in facts.findings
        )
        sections = tuple(
            replace(
                section,
                lines=tuple(replace(line, answer=files.get(line.answer, line.answer)) for line in section.lines),
            )
            for section in facts.sections
        )
        return replace(facts, person=self.person(person), findings=findings, sections=sections)


class NamedTables:
    """Tables in which persons and files are called as the pack calls them; what goes in comes out in two places.

    Args:
        targets: where the tables go.
        names: what persons are called.
    """

    def __init__(self, targets: Sequence[TableFiles], names: Names) -> None:
        self.remarks: list[str] = []
        self.files: Mapping[str, str] = {}
        """What the evidence of the assessment at hand is called, by the name that it had."""
        self._targets, self._names = targets, names
        self._headings: dict[str, Sequence[str]] = {}
        self._called: dict[str, str] = {}

    def table(self, name: str, headings: Sequence[str], numbers: Sequence[bool]) -> None:
        """Begin a table, under a name that every system takes."""
        called, number = fitting(name, 60), 2
        while called.casefold() in {one.casefold() for one in self._called.values()}:
            called, number = f"{fitting(name, 60)}-{number}", number + 1
        self._called[name] = called
        self._headings[name] = headings
        for target in self._targets:
            target.table(called, headings, numbers)

    def row(self, name: str, cells: Sequence[Cell]) -> None:
        """Put a row into a table."""
        shown = cells if self._names.plain else self._without_names(name, cells)
        for target in self._targets:
            target.row(self._called[name], shown)

    def finish(self) -> list[Path]:
        """Write all of them."""
        done = [file for target in self._targets for file in target.finish()]
        for target in self._targets:
            self.remarks += target.remarks
        return done

    def abandon(self) -> None:
        """Leave nothing behind."""
        for target in self._targets:
            target.abandon()

    def _without_names(self, table: str, cells: Sequence[Cell]) -> list[Cell]:
        row = dict(zip(self._headings[table], cells, strict=True))
        changed: dict[str, Cell] = {
            **{
                conducted: self._names.person(str(row["_person"]))
                for conducted in ("_person_name", text("Conducted by"))
                if conducted in row
            },
            **({"name": self._names.person(str(row["uid"]))} if table == "people" else {}),
            **({"owner": self._names.owner(str(row["owner"] or ""))} if table == "actions" else {}),
            **({"taken_at": None, "marks": None} if table == "evidence" else {}),
        }
        files = self.files
        return [
            changed[heading] if heading in changed else files.get(cell, cell) if isinstance(cell, str) else cell
            for heading, cell in zip(self._headings[table], cells, strict=True)
        ]


def _code(digest: bytes) -> str:
    number = int.from_bytes(digest[:4], "big")
    return "".join(_LETTERS[number >> shift & 31] for shift in (25, 20, 15, 10, 5, 0))


def _role(role: Role) -> str:
    return {
        Role.AUDITOR: text("Auditor"),
        Role.LEADER: text("Leader"),
        Role.STEWARD: text("Steward"),
        Role.PROCESS_OWNER: text("Process owner"),
        Role.HEADQUARTERS: text("Headquarters"),
    }[role]
