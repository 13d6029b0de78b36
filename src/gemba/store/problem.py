"""Something that is wrong with a store."""

from __future__ import annotations

from typing import Any

import msgspec

from gemba.errors import Trouble


class Problem(msgspec.Struct, frozen=True):
    """One thing that is wrong: a code with a sentence, and the facts that the sentence names."""

    code: str
    facts: dict[str, Any]

    @property
    def error(self) -> Trouble:
        """As a failure, for `gemba.wording.sentence`."""
        return Trouble(self.code, **self.facts)
