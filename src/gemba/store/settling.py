"""How operations take effect: put into the journal, made heads or left waiting, and written into the rows.

An operation takes part as soon as every record that its values name is here. Existence only ever grows, so the
operations that take part, and with them the rows, are the same whatever the order in which operations arrive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain, islice
from typing import Any

from sqlalchemy import Connection

from gemba.domain.nouns import IN_LOTS, NOUNS, PERSONAL_FIELDS
from gemba.domain.record import Uid
from gemba.store import erasing, projection
from gemba.store.book import Book
from gemba.store.heads import Heads, Subject
from gemba.store.meaning import meaning_of
from gemba.store.operations import Operation, blanked
from gemba.store.rows import Rows, references

_AT_ONCE = 4000
"""Operations that are written together: a server has them to do while we see what the next ones amount to."""
_KNOWN = 20_000
"""Records that a long transaction remembers between two of its edits."""


class Settling:
    """Takes operations in within one transaction; `settle` writes what they amount to.

    Args:
        connection: in a transaction that writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._book = Book(connection)
        self._rows = Rows(connection)
        self._unwritten: dict[Subject, None] = {}
        self._born: list[Uid] = []
        self.has_erased = False
        """True once an erasure was taken in; then files are to be deleted when all is written."""
        self._unknown: set[Subject] = set()
        self.disputes: set[Subject] = set()
        """Of those that were touched the ones with a field that several have set."""
        self.touched: dict[Subject, None] = {}
        """Records whose operations took effect, in that order."""
        self.senseless: dict[Subject, tuple[tuple[str, Uid], ...]] = {}
        """Of records that were touched: fields, and heads of them that say what no such field can hold."""

    def heads(self, subject: Subject) -> Heads:
        """The heads of a record's fields as they stand."""
        return self._book.heads(subject)

    def known_among(self, subjects: Collection[Subject]) -> set[Subject]:
        """Those of these records of which something stands in the journal already."""
        self._book.expect_records(subjects)
        return {subject for subject in subjects if self._book.heads(subject)}

    def lacking_of(self, named: Iterable[Iterable[Subject]]) -> Subject | None:
        """The first of these records that is not here; asked at once, as there may be very many."""
        subjects = dict.fromkeys(one for some in named for one in some)
        self._rows.expect((), subjects)
        return next((one for one in subjects if not self._rows.is_here(one)), None)

    def let_go(self, subjects: Collection[Subject]) -> None:
        """Remember no longer that these were touched: they are written, and there are too many to name."""
        for subject in subjects:
            for known in (self.touched, self.senseless):
                known.pop(subject, None)
        self._unknown.difference_update(subjects)

    def is_erased(self, subject: Subject) -> bool:
        """True when nothing personal is kept of a record."""
        return self._book.is_erased(subject)

    def born(self) -> Collection[Subject]:
        """Records of which nothing stood in the journal before this transaction, as far as that is sure."""
        return () if self._book.anything_waits() else self._unknown

    def disputed(self, subject: Subject) -> set[str]:
        """The fields of a record that a person has to settle: several have set them, and the words are not erased."""
        several = {field for field, uids in self.heads(subject).items() if len(uids) > 1}
        if several and self.is_erased(subject):
            return several - PERSONAL_FIELDS.get(subject[0], frozenset())
        return several

    def row(self, subject: Subject) -> dict[str, Any] | None:
        """A record's row as this transaction has left it, read at most once."""
        return self._rows.get(subject)

    def rows_known(self) -> Mapping[Subject, dict[str, Any] | None]:
        """The rows that are remembered, as this transaction has left them; `None` for those that are not there."""
        return self._rows.known()

    def take_all(self, operations: Collection[Operation]) -> None:
        """Take several operations in and write what they amount to, which is quicker than one by one.

        What there is to be asked is asked for all of them, before anything is written: a server that has rows to take
        in answers only then.

        Raises:
            Refusal: `store.unknown_noun`; `store.unfit_value` when one sets what its noun does not have.
        """
        meanings = [meaning_of(operation) for operation in operations]
        absent = self._book.expect(operations)
        self._rows.expect(
            (one.subject for one in operations),
            chain.from_iterable(one.named for one in meanings),
            (subject for subject in absent if subject[0] not in IN_LOTS),  # a lot may have brought those
        )
        self._unknown |= absent - self.touched.keys()
        remaining = iter(operations)
        while some := list(islice(remaining, _AT_ONCE)):
            self._take_some(some)
        self._let_go_of_much()

    def _take_some(self, operations: Collection[Operation]) -> None:
        """Take operations in of which everything is known that is to be asked; write what they amount to."""
        kept: Iterable[Operation] = map(self._keep, operations)
        if all(one.header.noun != erasing.NOUN for one in operations):  # else one may take words out of the next
            kept = list(kept)
            self._book.flush()  # the server keeps them while we see what they amount to
        for operation in kept:
            self._take(operation)
        self._write()

    def heal(self, operations: Collection[Operation]) -> None:
        """Put the missing parts into operations that the journal holds without them, unless they are erased."""
        for whole in operations:
            meaning_of(whole)
            is_erased = self.is_erased(whole.subject)
            operation = blanked(whole) if is_erased else whole
            if is_erased and (operation.header.v != 1 or self._needs(operation)):
                continue
            self._book.heal(operation)
            if operation.header.v == 1 and not is_erased:  # it waited for this
                self._born.append(operation.header.entity)
            else:
                self._unwritten[operation.subject] = self.touched[operation.subject] = None
        self.settle()

    def take_new(self, operation: Operation) -> bool:
        """Take in an operation that was made here and now, so that none can have seen it.

        Returns:
            False when it names a record that is not here; then it is not put into the journal.

        Raises:
            Refusal: `store.unfit_value` when it sets a field or a value that its noun does not have.
        """
        meaning_of(operation)
        if self._needs(operation):
            return False
        self._book.keep(operation)
        self._take_part(operation, new=True)
        self.settle()
        return True

    def lay(self, noun: str, lot: Uid, bases: Mapping[Uid, Mapping[str, Any]]) -> None:
        """Let records stand that came in a lot, where something is here of them already.

        Args:
            noun: of the records.
            lot: uid of the lot; the newest of those that hold them.
            bases: what the lot says of each, every field as columns keep it.
        """
        subjects = [(noun, uid) for uid in bases]
        self._rows.expect(subjects, ())
        self._book.expect_records(subjects)
        self._book.expect_said(subjects)
        for subject in subjects:
            self._project(subject, (lot, bases[subject[1]]))
        self.settle()
        for subject in subjects:  # a lot may be long
            if subject not in self.touched and not self.senseless.get(subject, True):
                del self.senseless[subject]

    def settle(self) -> None:
        """Write heads and rows of everything that was touched, and let go what waited for it."""
        self._write()
        self._let_go_of_much()

    def _write(self) -> None:
        """Write, and go on remembering what may have been asked for with a view to what comes next."""
        while self._unwritten or self._born:
            self._book.expect_said(self._unwritten)
            for subject in list(self._unwritten):
                self._project(subject)
            self._wake()
        self._book.flush()
        self._rows.flush(beside=self._book.write_heads)

    def _let_go_of_much(self) -> None:
        """Remember only so much between two edits of a long transaction."""
        if len(self._rows) + len(self._book) > _KNOWN:
            self._rows.forget()
            self._book.forget()

    def _keep(self, operation: Operation) -> Operation:
        """Put an operation into the journal, without what is erased."""
        if self.is_erased(operation.subject):
            operation = blanked(operation)
        self._book.keep(operation)
        return operation

    def _take(self, operation: Operation) -> None:
        """Let an operation that was kept take part if it can."""
        needs = self._needs(operation)
        if needs:
            self._book.wait(operation.header.id, needs)
            if operation.subject in self.senseless:  # made a row already, perhaps by a birth that has to wait
                self._unwritten[operation.subject] = None
        else:
            self._take_part(operation)
        self._erase(operation)

    def _take_part(self, operation: Operation, *, new: bool = False) -> None:
        self._book.take_part(operation, new=new)
        subject = operation.subject
        self._unwritten[subject] = self.touched[subject] = None
        if new:
            self._erase(operation)

    def _erase(self, operation: Operation) -> None:
        """Let an erasure take effect, even while it waits for the record of who ordered it."""
        subject = erasing.subject_of(operation.values) if operation.header.noun == erasing.NOUN else None
        if subject is None:
            return
        self.has_erased = True
        if self._book.erase(operation):
            self._born.append(subject[1])
            if subject[0] in NOUNS and self._rows.is_here(subject):
                self._unwritten[subject] = self.touched[subject] = None

    def _project(self, subject: Subject, laid: tuple[Uid, Mapping[str, Any]] | None = None) -> None:
        """Make the row of a record say what its heads say, and where they say nothing the lot that it came in."""
        self._unwritten.pop(subject, None)
        alone = None if subject[0] in IN_LOTS else self._book.alone(subject)
        if alone is not None:
            self.senseless[subject] = ()
            if self._rows.put(subject, dict(alone)):  # the row is given a key
                self._born.append(subject[1])
            return
        heads, said = self._book.heads(subject), self._book.said(subject)
        lot, base = laid or self._base(subject)
        under = projection.based_on(subject[0], base, erased=self.is_erased(subject)) if lot else None
        projected = projection.project(subject, heads, said, lambda: self._book.giver(subject), under)
        self.senseless[subject] = projected.senseless
        if any(len(uids) > 1 for uids in heads.values()):
            self.disputes.add(subject)
        else:
            self.disputes.discard(subject)
        if projected.record is None:
            return
        local = {"lot": lot} if subject[0] in IN_LOTS else {}
        if self._rows.put(subject, projection.columns_of(projected.record) | local):
            self._born.append(subject[1])

    def _base(self, subject: Subject) -> tuple[Uid | None, Mapping[str, Any]]:
        """The lot that a record came in, and what it says; no lot for one that came in none."""
        row = self._rows.get(subject) if subject[0] in IN_LOTS else None
        return (None, {}) if row is None else (row["lot"], row)

    def _wake(self) -> None:
        """Let operations take part that waited for records which are here now, if all that they name is.

        Another noun may use the same uid; so what each needs is asked anew.
        """
        born, self._born = self._born, []
        if not born:
            return
        ready: list[Operation] = []
        for operation in self._book.waiting_for(born):
            needs = self._needs(operation)
            if needs:
                self._book.wait(operation.header.id, needs)
            else:
                ready.append(operation)
        self._book.flush()
        for operation in ready:
            self._take_part(operation)

    def _needs(self, operation: Operation) -> list[Uid]:
        """What an operation has to wait for: the uids of records that it names and that are not here.

        One without its payload (v 1 only) waits until that comes, or an erasure says that it never will.
        """
        subject = operation.subject
        if operation.payload is None and not self.is_erased(subject):
            return [subject[1]]
        meaning = operation.meaning
        named = references(subject[0], operation.values) if meaning is None else meaning.named
        return [one[1] for one in named if not self._is_here(one)]

    def _is_here(self, subject: Subject) -> bool:
        if subject in self._unwritten:
            self._project(subject)
        return self._rows.is_here(subject)
