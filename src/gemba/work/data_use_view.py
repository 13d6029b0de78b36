"""Use of customers' data by quarter: what fits its purpose, and which checks are not met or not known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.quarters import quarter_of
from gemba.domain.record import Uid
from gemba.kinds.registers.audits import DATA_CHECKS, DATA_USE_AUDITS
from gemba.reports.facts import Tone
from gemba.reports.matrix_shapes import Matrix, MatrixCell, draw_matrix
from gemba.reports.sheet_facts import Cell, Drawing, Figures, Part, Table, Words
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.register_view import Asked, Gap, Proposal, RegisterView, as_declared
from gemba.work.registers import EntryDraft

_TONES: dict[str, Tone] = {
    "yes": "good",
    "no": "poor",
    "part": "poor",
    "unknown": "fair",
    "": "fair",
    "not_needed": "plain",
}


class DataUse(msgspec.Struct, frozen=True, kw_only=True):
    """One use of customers' data, by its newest audit."""

    entry: Uid
    use: str
    data: str
    declared: str
    quarter: str
    fits: str
    """`yes`, `part`, `no`; empty while nobody judged."""
    checks: dict[str, str]
    """`yes`, `no`, `unknown` or `not_needed` by check."""
    late: bool
    """Not looked at in this quarter yet."""


def data_uses(desk: Desk) -> tuple[DataUse, ...]:
    """Every use by its newest audit, by name."""
    with desk.reader() as reader:
        now = quarter_of(reader.clock().date())
        entries = as_declared(reader, DATA_USE_AUDITS)
    newest: dict[str, RegisterEntry] = {}
    for entry in sorted(entries, key=lambda one: (one.fields.get("quarter", ""), one.made_at)):
        newest[entry.title.strip().casefold()] = entry
    return tuple(_use(entry, now) for _, entry in sorted(newest.items()))


def data_use_view(desk: Desk, asked: Asked) -> RegisterView:
    """Every use with its checks."""
    del asked
    found = data_uses(desk)
    now = quarter_of(desk.clock().date())
    return RegisterView(
        register="data_use_audit",
        title=text("Uses and their checks"),
        facts=found,
        parts=tuple(_parts(found)),
        gaps=tuple(_gaps(found)),
        proposals=tuple(_proposed(one, now) for one in found if one.late),
    )


def _use(entry: RegisterEntry, now: str) -> DataUse:
    fields = entry.fields
    return DataUse(
        entry=entry.uid,
        use=entry.title.strip(),
        data=fields.get("data", ""),
        declared=fields.get("declared", ""),
        quarter=fields.get("quarter", ""),
        fits=fields.get("fits", ""),
        checks={code: fields.get(code, "unknown") for code in DATA_CHECKS},
        late=fields.get("quarter", "") < now,
    )


def _parts(found: Sequence[DataUse]) -> Iterator[Part]:
    if not found:
        yield Words(text("No use of customers' data is written down yet."), "quiet")
        return
    uses = tuple(f"register_entry:{one.entry}" for one in found)
    beyond = tuple(uid for uid, one in zip(uses, found, strict=True) if one.fits in {"part", "no"})
    unmet = tuple(uid for uid, one in zip(uses, found, strict=True) if "no" in one.checks.values())
    late = tuple(uid for uid, one in zip(uses, found, strict=True) if one.late)
    yield Figures(
        (
            (str(len(uses)), text("uses")),
            (str(len(beyond)), text("beyond their purpose")),
            (str(len(unmet)), text("with a check not met")),
            (str(len(late)), text("not looked at this quarter")),
        ),
        (uses, beyond, unmet, late),
    )
    columns = (text("Within purpose"), *(_check(code) for code in DATA_CHECKS))
    cells = tuple(tuple(_cell(said) for said in (one.fits, *one.checks.values())) for one in found)
    spoken = text("Every use of customers' data with its checks; the table below says the same.")
    for picture in draw_matrix(Matrix(tuple(one.use for one in found), columns, cells, text("Use · check"), spoken)):
        yield Drawing(picture)
    yield Table(
        (text("Use"), text("Data"), text("Declared purpose"), text("Quarter"), text("Open or not met")),
        tuple((one.use, one.data, one.declared, one.quarter, _left(one)) for one in found),
        (0, 30, 40, 20, 36),
    )


def _cell(said: str) -> MatrixCell:
    return MatrixCell(_words(said), _TONES[said])


def _words(said: str) -> str:
    return {
        "yes": text("yes"),
        "no": text("no"),
        "part": text("in part"),
        "not_needed": text("none needed"),
    }.get(said, text("not known"))


def _check(code: str) -> str:
    return {
        "consent": text("Lawful ground"),
        "minimal": text("No more than needed"),
        "kept": text("Deleted when due"),
        "access": text("Who sees it"),
        "shared": text("Shared as told"),
    }[code]


def _open(one: DataUse) -> str:
    return ", ".join(_check(code) for code, said in one.checks.items() if said in {"no", "unknown"}) or "–"


def _left(one: DataUse) -> Cell:
    return Cell(_open(one), records=(f"register_entry:{one.entry}",))


def _gaps(found: Sequence[DataUse]) -> Iterator[Gap]:
    for one in found:
        about = f"register_entry:{one.entry}"
        if one.fits in {"part", "no"}:
            yield Gap("beyond_purpose", text("“{use}” goes beyond its declared purpose.", use=one.use), about)
        if "no" in one.checks.values():
            yield Gap("check_not_met", text("“{use}”: {checks}.", use=one.use, checks=_open(one)), about)
        if one.late:
            words = text("“{use}” was last looked at in {quarter}.", use=one.use, quarter=one.quarter)
            yield Gap("not_this_quarter", words, about, "fair")


def _proposed(one: DataUse, now: str) -> Proposal:
    """The same use, to be looked at anew: data and purpose stand, the judgement does not."""
    fields = {"data": one.data, "declared": one.declared, "use": one.use, "quarter": now}
    return Proposal(one.entry, EntryDraft(one.use, fields), text("last looked at in {quarter}", quarter=one.quarter))
