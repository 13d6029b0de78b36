"""A public card: how headquarters and a laptop get to know each other, by USB stick and eight words on the telephone.

A card proves only that whoever made it has the key that it shows. That the key is really headquarters' is for two
people to make sure, by reading each other the eight words.
"""

from __future__ import annotations

import base64
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gemba.errors import Refusal
from gemba.packs import statements
from gemba.packs.identity import check_recipient, device_id, fingerprint_words

SUFFIX = ".card"
"""How a card's file name ends; the role stands before it."""
ROLES = ("headquarters", "laptop")
"""Who can have a card."""

LARGEST_ROOT = 64 << 10
"""Bytes of root metadata at most."""

LONGEST_NAME = 200
"""Characters of the name on a card at most."""

_NAMES = {"role", "name", "id", "public_key", "recipients", "created"}


@dataclass(frozen=True, slots=True)
class Card:
    """Who somebody is, and how to seal a pack for them.

    Args:
        role: "headquarters" or "laptop".
        name: what people call it, at most 200 characters on one line.
        public_key: its Ed25519 key, 32 bytes.
        recipients: age keys to seal to (headquarters: current, next and recovery).
        created: when the card was made, UTC, whole seconds.
        root: of a headquarters that publishes, the root metadata (TUF) from which its publications are believed; such
            a card is of version 2.
    """

    role: str
    name: str
    public_key: bytes
    recipients: tuple[str, ...]
    created: datetime
    root: bytes = b""

    @property
    def id(self) -> str:
        """The id of its key."""
        return device_id(self.public_key)

    @property
    def words(self) -> tuple[str, ...]:
        """The eight words to compare over the telephone."""
        return fingerprint_words(self.public_key)

    @property
    def file_name(self) -> str:
        """What the card's file is called."""
        return self.role + SUFFIX


def make_card(card: Card, sign: Callable[[bytes], bytes]) -> bytes:
    """The bytes of a card, signed with the key that it shows.

    Raises:
        ValueError: the card has no spelling in the format (a mistake of the program).
    """
    said: dict[str, Any] = {
        "role": card.role,
        "name": card.name,
        "id": card.id,
        "public_key": base64.b64encode(card.public_key).decode("ascii"),
        "recipients": list(card.recipients),
        "created": statements.from_time(card.created),
    }
    if card.root:
        said["root"] = base64.b64encode(card.root).decode("ascii")
    if _card(said) is None:
        message = f"a card cannot hold these facts: {said!r}"
        raise ValueError(message)
    return statements.write("card", said, sign, version=2 if card.root else 1)


def read_card(data: bytes) -> Card:
    """What a card shows, if its own key has signed it.

    Raises:
        Refusal: `packs.not_a_card`, `packs.newer_format`, `packs.forged_card`.
    """
    said = statements.read("card", data, _NAMES, _NAMES | {"root"})
    card = _card(said)
    if card is None:
        raise Refusal("packs.not_a_card")
    statements.check("card", said, card.public_key)
    return card


def _card(said: Mapping[str, Any]) -> Card | None:
    """The card, or None when anything on it is not as it must be."""
    created = statements.to_time(said["created"])
    public_key = statements.from_base64(said["public_key"], 32)
    root = _root(said.get("root", ""))
    good = (
        said["role"] in ROLES
        and is_card_name(said["name"])
        and public_key is not None
        and said["id"] == device_id(public_key)
        and _are_recipients(said["recipients"])
    )
    if not good or created is None or public_key is None or root is None or ("root" in said) != bool(root):
        return None
    return Card(said["role"], said["name"], public_key, tuple(said["recipients"]), created, root)


def _root(spelled: Any) -> bytes | None:
    """The bytes of the root metadata, or None when this is not their one spelling in base64."""
    try:
        data = base64.b64decode(spelled, validate=True)
    except (ValueError, TypeError):
        return None
    return data if len(data) <= LARGEST_ROOT and base64.b64encode(data).decode("ascii") == spelled else None


def is_card_name(value: Any) -> bool:
    """One line of text that a window can show without being led astray by control characters."""
    return (
        isinstance(value, str)
        and 0 < len(value.strip()) <= len(value) <= LONGEST_NAME
        and not any(unicodedata.category(one) in {"Cc", "Cf", "Zl", "Zp", "Cs"} for one in value)
    )


def _are_recipients(value: Any) -> bool:
    if not isinstance(value, list) or not 0 < len(value) <= 10 or len(set(map(str, value))) != len(value):
        return False
    try:
        return all(isinstance(one, str) and check_recipient(one) for one in value)
    except Refusal:
        return False
