"""Verify a pack without a store: as a whole with a key, from outside without one, and say honestly which it was.

Nothing is written to the disk: the plaintext goes piece by piece from the unsealing to the strict reader, which asks
for more until there is no more, so that the seal has been checked to its end when it is content.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gemba.errors import Refusal
from gemba.packs import reading
from gemba.packs.facts import Contents, PackFacts, facts_of
from gemba.packs.source import check_name, pack_file, unseal_named
from gemba.packs.streams import Drawn, HashedReader
from gemba.wording import plural, text


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a pack that was not found wanting.

    Args:
        level: "whole" when every byte was checked, "outer" when only the sealed outside could be.
        sha256: hash of the sealed bytes.
        size: sealed bytes.
        facts: what the pack says of itself; None at level "outer".
        sentences: what was checked and what could not be, for a person.
    """

    level: str
    sha256: str
    size: int
    facts: PackFacts | None
    sentences: tuple[str, ...]


def verify(file: Path, identities: Sequence[str] = ()) -> Verdict:
    """Check a sealed pack as far as our keys allow.

    Args:
        file: the sealed pack.
        identities: age identities; with none that fits, only the outside is checked.

    Raises:
        Refusal: `packs.*`, what is wrong with it.
        Trouble: `packs.no_file` or `packs.cannot_read`.
    """
    if identities:
        try:
            return _whole(file, identities)
        except Refusal as error:
            if error.code != "packs.not_for_us":
                raise
    return _outer(file, tried=bool(identities))


def _whole(file: Path, identities: Sequence[str]) -> Verdict:
    with pack_file(file) as (sealed_file, framing):
        sealed = HashedReader(sealed_file, file)
        with closing(unseal_named(sealed, identities, framing)) as pieces:
            contents = _read(Drawn(pieces))
        facts = facts_of(contents, sealed, named=check_name(file.name, sealed.sha256()))
    return Verdict("whole", facts.sha256, facts.size, facts, _whole_sentences(facts))


def _read(plain: Drawn) -> Contents:
    try:
        return reading.read_pack(plain)
    except Refusal:
        # Why the seal does not hold is a better answer than that the content ends too early.
        if plain.error is not None:
            raise plain.error from None
        raise


def _outer(file: Path, *, tried: bool) -> Verdict:
    with pack_file(file) as (sealed_file, framing):
        sha256 = HashedReader(sealed_file, file).sha256()
    named = check_name(file.name, sha256)
    return Verdict("outer", sha256, framing.size, None, _outer_sentences(named=named, tried=tried))


def _whole_sentences(facts: PackFacts) -> tuple[str, ...]:
    said = [
        text("Every byte of this pack is as device {device} signed it.", device=facts.device_id),
        plural("It holds {n} operation.", "It holds {n} operations.", facts.operations),
        plural("It holds {n} piece of evidence.", "It holds {n} pieces of evidence.", facts.blobs),
    ]
    if facts.referenced:
        said.append(
            plural(
                "{n} more piece of evidence travelled in an earlier pack.",
                "{n} more pieces of evidence travelled in earlier packs.",
                facts.referenced,
            )
        )
    said.append(text("Each change by itself is looked at by gemba-verify, and by whoever takes the pack in."))
    said.append(text("Whether that device may send to headquarters was not checked; headquarters knows."))
    return tuple(said)


def _outer_sentences(*, named: bool, tried: bool) -> tuple[str, ...]:
    intact = (
        text("The bytes of this pack are those that its name vouches for: it came through intact.")
        if named
        else text("The file was renamed, so that its name no longer tells whether it came through intact.")
    )
    why = (
        text("None of the keys here opens it: who signed it and what it holds could not be checked.")
        if tried
        else text("Without a key, who signed it and what it holds could not be checked.")
    )
    return intact, why
