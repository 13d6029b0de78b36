"""Tell a person all that is kept of them, and note that it was told."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC
from pathlib import Path

import msgspec

from gemba import wording
from gemba.domain.complaints import Complaint
from gemba.domain.nouns import NOUNS, PERSONAL_FIELDS
from gemba.domain.privacy import Disclosure
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.reports import sheet
from gemba.reports.sheet_facts import Facts, Figures, Heading, Notice, Part, SheetFacts, Table, Words
from gemba.store.personal_search import Mention, mentions
from gemba.store.reading import Reader
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.erase import belonging_to
from gemba.work.table_files import write_csv

SHORTEST = 3
"""Letters of a term; fewer would find everybody."""


class Disclosed(msgspec.Struct, frozen=True):
    """What was told, and where it was written."""

    mentions: tuple[Mention, ...]
    complaints: int
    """Complaints among the records."""
    file: Path | None
    disclosure: Uid
    """The note that it was told; empty while it was only looked for."""


def find_person(desk: Desk, terms: Sequence[str], *, whole: bool = False) -> tuple[Mention, ...]:
    """Every place in which one of these texts stands: names, e-mail addresses, telephone or customer numbers.

    Args:
        desk: who looks.
        terms: by which the person is found.
        whole: leave out where a text is a part of a longer word or number: “Customer 77” in “Customer 771”.

    Raises:
        Refusal: `work.person_terms` without a term of three letters or more.
    """
    wanted = [term.strip() for term in terms if len(term.strip()) >= SHORTEST]
    if not wanted:
        raise Refusal("work.person_terms", letters=SHORTEST)
    with desk.reader() as reader:
        return tuple(mentions(reader, wanted, whole=whole))


def disclose(desk: Desk, terms: Sequence[str], reason: str, out: Path) -> Disclosed:
    """Write all that is kept of a person: a report (`.pdf`) or a table (`.csv`); that it was told is noted.

    Only whole words and numbers count, so that nobody is told of somebody else with a longer name or number.

    Args:
        desk: who tells it.
        terms: by which the person is found.
        reason: on whose asking.
        out: file to write.

    Raises:
        Refusal: `work.person_terms`, `work.disclose_without_reason`, `work.disclosure_file`, `work.person_not_found`.
        Trouble: the file cannot be written.
    """
    if not reason.strip():
        raise Refusal("work.disclose_without_reason")
    if out.suffix.lower() not in {".pdf", ".csv"}:
        raise Refusal("work.disclosure_file", file=out.name)
    found = find_person(desk, terms, whole=True)
    if not found:
        raise Refusal("work.person_not_found", terms=", ".join(terms))
    with desk.reader() as reader:
        found = (*found, *_rest(reader, found))
    if out.suffix.lower() == ".csv":
        write_csv(out, _titles(), ((one.noun, one.known_as, one.uid, one.field, one.said) for one in found))
    else:
        with desk.reader() as reader:
            facts = _facts(desk, reader, found, terms)
        sheet.render(facts, out, language=wording.language())
    note = Disclosure(
        uid=desk.ids(),
        about=", ".join(terms),
        records=len({(one.noun, one.uid) for one in found}),
        sha256=hashlib.sha256(out.read_bytes()).hexdigest(),
        reason=reason.strip(),
        disclosed_at=desk.clock(),
        person=desk.person.uid,
    )
    with desk.unit() as unit:
        unit.put(note)
    return Disclosed(found, _complaints(found), out, note.uid)


def _rest(reader: Reader, found: Sequence[Mention]) -> Iterator[Mention]:
    """What else is kept of the complaints in which the person stands, and of what belongs to them, name or not."""
    told = {(one.noun, one.uid, one.field) for one in found}
    known = {one.uid: one.known_as for one in found if one.noun == "complaint"}
    for uid, known_as in known.items():
        for noun, entity in (("complaint", uid), *belonging_to(reader, [("complaint", uid)])):
            record = reader.get(NOUNS[noun], entity)
            for field in sorted(PERSONAL_FIELDS[noun]):
                said = _as_text(getattr(record, field, ""))
                if said and (noun, entity, field) not in told:
                    yield Mention(noun, entity, known_as, field, said)


def _as_text(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{title}: {said}" for title, said in value.items())
    return value if isinstance(value, str) else ""


def _complaints(found: Sequence[Mention]) -> int:
    return len({one.uid for one in found if one.noun == "complaint"})


def _titles() -> tuple[str, ...]:
    return tuple(text(title) for title in ("Record", "Known as", "Uid", "Field", "What it says"))


def _facts(desk: Desk, reader: Reader, found: Sequence[Mention], terms: Sequence[str]) -> SheetFacts:
    """The report: how much, then every complaint whole, then every other field."""
    counted = Counter(one.noun for one in {(each.noun, each.uid): each for each in found}.values())
    figures = tuple((str(count), noun.replace("_", " ")) for noun, count in counted.most_common(5))
    uids = list(dict.fromkeys(one.uid for one in found if one.noun == "complaint"))
    complaints = [part for one in reader.many(Complaint, uids) for part in _complaint(one)]
    others = [one for one in found if one.noun != "complaint"]
    rows = tuple((one.noun.replace("_", " "), one.known_as, one.field, one.said) for one in others)
    return SheetFacts(
        title=text("What is kept of one person"),
        kind_title=text("Disclosure"),
        person=desk.person.name,
        when=desk.clock().astimezone(UTC),
        zone=desk.zone,
        parts=(
            Words(text("Asked for: {terms}", terms=", ".join(terms))),
            Figures(figures),
            Notice((text("This report tells of a person. Give it to nobody else, and destroy copies."),), "poor"),
            *complaints,
            *(
                (
                    Heading(text("Other records")),
                    Table(_titles()[:1] + _titles()[1:2] + _titles()[3:], rows, (28, 34, 28, 0)),
                )
                if rows
                else ()
            ),
        ),
    )


def _complaint(one: Complaint) -> tuple[Part, ...]:
    told = [
        (text("Received"), f"{one.received_at:%Y-%m-%d}"),
        (text("Source"), " ".join(part for part in (one.source, one.key) if part)),
        (text("Customer"), one.customer),
        (text("Contact"), one.contact),
        (text("Words"), one.words),
        (text("Summary"), one.summary),
        (text("Remedy sought"), one.remedy_sought),
        (text("Answer"), one.answer),
        (text("Consent"), str(one.consent)),
        (text("Purpose"), one.purpose),
        (text("To be deleted by"), one.delete_by.isoformat() if one.delete_by else ""),
        *one.more.items(),
    ]
    return Heading(one.number, 1), Facts(tuple(row for row in told if row[1]))
