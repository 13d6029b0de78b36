"""What is said of something that an overlay may not do."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gemba.forms.overlays.shape import Fault
from gemba.wording import text


def fault_words(fault: Fault) -> str:
    """One sentence on why it may not, and what may be done instead."""
    return _SENTENCES[fault.code](fault.facts)


_SENTENCES: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "not_allowed": lambda f: text(
        "An overlay cannot change “{column}” of “{name}”, which belongs to the core; leave the cell empty.", **f
    ),
    "weaker": lambda f: text(
        "An overlay may demand more of “{name}” but not less: “{column}” can only be yes; leave the cell empty.", **f
    ),
    "no_weight": lambda f: text("“{text}” is no weight for “{name}”: give a number greater than 0.", **f),
    "weighs_less": lambda f: text(
        "“{name}” is mandatory in the core with a weight of {core}; a region may give it more, but not {text}.",
        **{**f, "core": f.get("core") or "1"},
    ),
    "new_way_out": lambda f: text(
        "The list “{list}” answers mandatory questions of the core; “{name}” would be a new way to answer them. "
        "Use a list of your own for your own questions.",
        **f,
    ),
    "name_taken": lambda f: text("“{name}” is a name of the core or used twice; give the new question another.", **f),
    "unknown_item": lambda f: text(
        "The core has no question “{name}”, and without a type it cannot be added; check the name or give a type.", **f
    ),
    "ambiguous": lambda f: text("The core has several questions “{name}”; which one is meant cannot be told.", **f),
    "no_anchor": lambda f: text("“{anchor}” is not in the core, so “{name}” has no place; name another item.", **f),
    "no_section": lambda f: text("“{anchor}” is no section, so “{name}” cannot go into it; use “after” instead.", **f),
    "not_closed": lambda f: text("The section “{name}” that the overlay adds is never closed.", **f),
    "unknown_word": lambda f: text(
        "“{word}” is nothing that an overlay can do with “{name}”: write add, amend or nothing.", **f
    ),
    "bad_rule": lambda f: text("The rule in “{column}” of “{name}” cannot be used: {why}", **f),
    "stray_end": lambda _: text("A section ends here that the overlay did not begin."),
}
