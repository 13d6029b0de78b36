"""How long a name may be that somebody gives to something new; what other stores wrote is read as it is."""

from __future__ import annotations

from gemba.errors import Refusal

LONGEST = 120
"""Characters of the name of a place or carrier; it stands in one line of lists and reports."""
LONGEST_TITLE = 250
"""Characters of the title of a checklist; titles of checklists that are in use are sentences now and then."""


def short_name(name: str, longest: int = LONGEST) -> str:
    """A name as it is kept: on one line, blanks once each; it may be empty.

    Raises:
        Refusal: `work.name_too_long`.
    """
    wanted = " ".join(name.split())
    if len(wanted) > longest:
        raise Refusal("work.name_too_long", begins=wanted[:40], letters=len(wanted), longest=longest)
    return wanted
