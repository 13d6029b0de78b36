"""Where things happen: the organisation as a tree."""

from __future__ import annotations

from enum import StrEnum

from gemba.domain.record import Record, Uid


class Level(StrEnum):
    """How high a place stands in the organisation."""

    ENTERPRISE = "enterprise"
    REGION = "region"
    SITE = "site"
    AREA = "area"


class Place(Record, frozen=True, kw_only=True):
    """A node of the organisation: enterprise, region, site or area."""

    name: str
    level: Level = Level.SITE
    parent: Uid | None = None
    zone: str = "UTC"
    """IANA time zone, for due times and printed dates."""
    merged_into: Uid | None = None
    """The place in which it goes on, which then also stands above it; nothing new is done at it."""
