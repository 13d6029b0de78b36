"""What a use case did, so that screens know what to draw again."""

from __future__ import annotations

import msgspec

from gemba.domain.record import Uid


class Change(msgspec.Struct, frozen=True):
    """The nouns and records that one use case touched."""

    topics: frozenset[str] = frozenset()
    """Names of nouns (`gemba.domain.nouns`), and `pack` for what travels."""
    uids: frozenset[Uid] = frozenset()
    uid: Uid = ""
    """The record that the use case was about."""
