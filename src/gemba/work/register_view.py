"""What a derived view of a register is: what follows from other records, as parts that window and paper both show."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.record import Uid
from gemba.errors import Refusal
from gemba.kinds.registers.checking import checked
from gemba.kinds.registers.model import Register
from gemba.reports.facts import Tone
from gemba.reports.sheet_facts import Part
from gemba.store.reading import Reader
from gemba.work.registers import EntryDraft


def as_declared(reader: Reader, register: Register) -> list[RegisterEntry]:
    """The entries of a register that are as it declares; what another program wrote otherwise is in no view."""
    return [entry for entry in reader.find(RegisterEntry, register=register.code) if _is_whole(register, entry)]


def _is_whole(register: Register, entry: RegisterEntry) -> bool:
    said = {code: value for code, value in entry.fields.items() if not code.startswith("_")}
    try:
        checked(register, said, register.first)
    except Refusal:  # the entry is listed and can be mended there
        return False
    return register.state(entry.state) is not None


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What a person may say of a view; what is left out the view chooses by itself."""

    place: Uid | None = None
    """With all below it."""
    outcome: Uid | None = None
    """The measure of what customers feel."""
    lags: int = 3
    """The outcome may follow up to so many periods later."""
    journey: Uid | None = None
    """The map of the customer's way."""
    process: Uid | None = None
    """The map of the work."""


class Gap(msgspec.Struct, frozen=True):
    """Something that a view finds wanting."""

    code: str
    words: str
    subject: str = ""
    """The record that it is about, as `noun:uid`; empty for none."""
    tone: Tone = "poor"


class Proposal(msgspec.Struct, frozen=True):
    """An entry that a view would write; a person looks at it first."""

    key: str
    """Tells it apart from the others of the view; stays the same while nothing changes."""
    draft: EntryDraft
    reason: str


class RegisterView(msgspec.Struct, frozen=True, kw_only=True):
    """What follows for a register from the records that are there."""

    register: str
    title: str
    facts: Any
    """The figures themselves, for other programs."""
    parts: tuple[Part, ...]
    """The same for people."""
    gaps: tuple[Gap, ...] = ()
    proposals: tuple[Proposal, ...] = ()
