"""How evaluating fails."""

from __future__ import annotations


class Quit(Exception):
    """An expression met something it cannot evaluate, such as an unknown function on a branch that was taken."""
