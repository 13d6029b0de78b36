"""Whose machine a store lies on."""

from __future__ import annotations

from enum import StrEnum


class DeviceRole(StrEnum):
    """A laptop records; headquarters takes in and signs."""

    LAPTOP = "laptop"
    HEADQUARTERS = "headquarters"
