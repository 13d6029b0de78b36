"""Values that a form asks of the machine when filling begins: who, on what, when (bind attribute jr:preload)."""

from __future__ import annotations

import random
import uuid
from collections.abc import Mapping
from datetime import datetime

from gemba.forms.definition import Rules
from gemba.forms.expressions import Moment


def preloaded(rules: Rules, now: datetime, properties: Mapping[str, str], rng: random.Random) -> str:
    """The value with which the answer of `rules` begins; "" when it asks for none."""
    match rules.preload, rules.preload_parameter:
        case "timestamp", "start":
            return Moment(now).text()
        case "date", "today":
            return Moment(now).day().text()
        case "property", name:
            return properties.get(name, "")
        case "uid", _:
            return f"uuid:{uuid.UUID(int=rng.getrandbits(128), version=4)}"
        case _:
            return ""
