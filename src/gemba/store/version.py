"""The version of the tables that this program works with."""

from __future__ import annotations

CURRENT = "0011"
"""The newest revision under `migrations/versions/`."""
