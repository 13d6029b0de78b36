"""The version of the tables that this program works with."""

from __future__ import annotations

CURRENT = "0012"
"""The newest revision under `migrations/versions/`."""
