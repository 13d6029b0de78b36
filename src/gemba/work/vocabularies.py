"""Govern the words that complaints are tagged with: every change is a new version, and no code in use is lost."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from gemba.domain.change import Change
from gemba.domain.vocabularies import Facet, Vocabulary
from gemba.errors import Refusal
from gemba.store import vocabularies
from gemba.store.code_use import used
from gemba.store.reading import Reader
from gemba.work.desk import Desk

DOMAINS = ("process", "policy", "people", "technology")
"""What a cause lies in."""
_CODE = re.compile(r"[^\s,;=]{1,64}")


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """What a version of a vocabulary says."""

    terms: dict[str, str]
    """Title by code."""
    parents: dict[str, str] = {}
    """Code above by code."""
    domains: dict[str, str] = {}
    """Of causes, by code."""


def release(
    desk: Desk, facet: Facet, words: Words, *, crosswalk: Mapping[str, str] | None = None, reason: str = ""
) -> Change:
    """Release a version of a facet's vocabulary; it takes the place of the one before.

    Codes that are merged are those that are no more and have the same heir. A code that is split has one heir, for
    what is coded already cannot be told apart; the others are for what is coded from now on.

    Args:
        desk: who does it, where.
        facet: that is tagged.
        words: all codes of the new version.
        crosswalk: of codes that are no more, the code that takes their place.
        reason: why.

    Raises:
        Refusal: there is no code, a code or title is not well formed, something names a code that is not there, or a
            code that is in use is no more and has no heir.
    """
    _demand_well_formed(facet, words)
    heirs = {before: after for before, after in (crosswalk or {}).items() if after}
    with desk.unit() as unit:
        last = vocabularies.current(unit, facet)
        _demand_heirs(unit, facet, last, words, heirs)
        made = Vocabulary(
            uid=desk.ids(),
            facet=facet,
            version=last.version + 1 if last is not None else 1,
            terms=dict(words.terms),
            parents=dict(words.parents),
            domains=dict(words.domains),
            crosswalk=heirs,
            reason=reason.strip(),
            released_at=desk.clock(),
            person=desk.person.uid,
        )
        unit.put(made)
        return unit.change_made(made.uid)


def is_code(said: str) -> bool:
    """True for what may be a code: no blanks, commas, semicolons or equals signs, at most 64 letters."""
    return _CODE.fullmatch(said) is not None


def _demand_well_formed(facet: Facet, words: Words) -> None:
    if not words.terms:
        raise Refusal("work.vocabulary_empty", facet=facet.value)
    for code, title in words.terms.items():
        if not is_code(code) or not title.strip():
            raise Refusal("work.vocabulary_code", facet=facet.value, said=code or title)
    named = {*words.parents, *words.parents.values(), *words.domains}
    unknown = sorted(named - set(words.terms))
    if unknown:
        raise Refusal("work.vocabulary_names_unknown", facet=facet.value, said=", ".join(unknown))
    for code in words.parents:
        _demand_no_circle(facet, words.parents, code)
    wrong = sorted(set(words.domains.values()) - set(DOMAINS))
    if wrong:
        raise Refusal("work.vocabulary_domain", said=", ".join(wrong), known=", ".join(DOMAINS))


def _demand_no_circle(facet: Facet, parents: Mapping[str, str], code: str) -> None:
    seen, at = {code}, parents.get(code)
    while at is not None:
        if at in seen:
            raise Refusal("work.vocabulary_circle", facet=facet.value, said=code)
        seen.add(at)
        at = parents.get(at)


def _demand_heirs(
    reader: Reader, facet: Facet, last: Vocabulary | None, words: Words, heirs: Mapping[str, str]
) -> None:
    """Every code that is in use and no more has an heir; heirs are codes of the new version."""
    unknown = sorted({*heirs.values()} - set(words.terms))
    still = sorted(set(heirs) & set(words.terms))
    if unknown:
        raise Refusal("work.vocabulary_names_unknown", facet=facet.value, said=", ".join(unknown))
    if still:
        raise Refusal("work.vocabulary_still_there", facet=facet.value, said=", ".join(still))
    gone = set(last.terms) - set(words.terms) - set(heirs) if last is not None else set()
    orphans = used(reader, facet, gone) if gone else {}
    if orphans:
        said = ", ".join(f"{code} ({count})" for code, count in sorted(orphans.items()))
        raise Refusal("work.vocabulary_loses", facet=facet.value, said=said)
