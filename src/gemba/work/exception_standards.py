"""The exception standards that decisions follow: common deviations that the front line may settle alone."""

from __future__ import annotations

from gemba.domain.follow_through import RegisterEntry
from gemba.domain.standings import plain
from gemba.errors import Refusal
from gemba.store.reading import Reader

REGISTER = "exception_standard"
"""Code of their register."""


def code_of_entry(entry: RegisterEntry) -> str:
    """By what decisions name a standard: its own code where the register asks for one, else its number."""
    return entry.fields.get("code") or entry.number


def standards(reader: Reader) -> dict[str, RegisterEntry]:
    """All standards by what decisions name them by; also those that are over, for decisions that were."""
    return {code_of_entry(one): one for one in reader.find(RegisterEntry, register=REGISTER)}


def standard_named(reader: Reader, said: str) -> str:
    """What decisions name the standard by that somebody means: by code, number, uid or title.

    Raises:
        Refusal: `work.unknown_exception`.
    """
    known = standards(reader)
    if said in known:
        return said
    for code, entry in known.items():
        if plain(said) in {plain(code), plain(entry.number), entry.uid, plain(entry.title)}:
            return code
    raise Refusal("work.unknown_exception", said=said[:80], known=", ".join(sorted(known)[:20]) or "–")
