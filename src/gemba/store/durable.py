"""Making names survive a power cut; see `gemba.durable`."""

from __future__ import annotations

from gemba.durable import give_name, make_durable

__all__ = ["give_name", "make_durable"]
