"""Whether somebody has written anything: an escalation without what was tried is a complaint about a colleague."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"[^\W_]+")
_FEWEST = 2
_FILLERS = frozenset(
    (
        *("na", "none", "nothing", "nil", "null", "no", "not", "yes", "ok", "okay", "yet", "so", "far", "done", "same"),
        *("above", "see", "ditto", "tbd", "tba", "todo", "unknown", "unclear", "applicable", "test", "any", "anything"),
        *("various", "several", "things", "everything", "all", "as", "before", "asap", "please", "help", "later"),
        *("keine", "keins", "nichts", "entfällt", "unbekannt", "ja", "nein", "rien", "aucun", "aucune", "néant"),
        *("ninguno", "ninguna", "nada", "niente", "nessuno", "nessuna"),
    )
)
"""Words that say nothing, alone or with one another."""


def says_nothing(words: str) -> bool:
    """True for what is empty or a mere filler ("-", "n/a", "none yet", "...", "xxx", "tbd")."""
    tokens = [token.casefold() for token in _TOKEN.findall(words)]
    if sum(map(len, tokens)) < _FEWEST:
        return True
    return all(token in _FILLERS or len(set(token)) == 1 for token in tokens)
