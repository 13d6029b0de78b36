"""What a goal may be linked with: questions of checklists, records, and what each verdict means for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gemba.domain.judgements import AlignmentVerdict
from gemba.domain.nouns import NOUNS
from gemba.errors import Refusal
from gemba.store.reading import Reader
from gemba.work.desk import Desk
from gemba.work.goal_words_checked import check_words
from gemba.work.register_facts import title_of
from gemba.work.template_questions import template_questions

LINKABLE = ("measure", "service_level", "process_map", "register_entry", "risk", "cause_analysis", "survey")
"""Nouns that a goal may be linked with."""


def check_items(desk: Desk, items: Sequence[str]) -> None:
    """Refuse questions that no checklist here has.

    Raises:
        Refusal: `work.goal_item_unknown`.
    """
    known = template_questions(desk) if items else {}
    for item in items:
        if item not in known:
            raise Refusal("work.goal_item_unknown", item=item[:120])


def check_links(reader: Reader, links: Sequence[str]) -> None:
    """Refuse links to what is not here.

    Raises:
        Refusal: `work.goal_link`.
    """
    for link in links:
        noun, _, uid = link.partition(":")
        if noun not in LINKABLE or reader.get(NOUNS[noun], uid) is None:
            raise Refusal("work.goal_link", link=link[:120])


def check_anchors(anchors: Mapping[str, str]) -> dict[str, str]:
    """What each verdict means, without empty ones.

    Raises:
        Refusal: `work.goal_verdict`, `work.goal_too_long`.
    """
    unknown = sorted(set(anchors) - set(AlignmentVerdict))
    if unknown:
        raise Refusal("work.goal_verdict", verdict=", ".join(unknown), known=", ".join(AlignmentVerdict))
    said = {verdict: check_words({"anchor": words})["anchor"] for verdict, words in anchors.items()}
    return {verdict: words for verdict, words in said.items() if words}


def link_choices(reader: Reader) -> tuple[tuple[str, str], ...]:
    """The measures and process maps that a goal may be linked with: `noun:uid` and title."""
    found = [
        (f"{noun}:{one.uid}", title_of(one))
        for noun in ("measure", "process_map")
        for one in reader.find(NOUNS[noun])
        if not getattr(one, "retired", False)
    ]
    return tuple(sorted(found, key=lambda one: one[1].casefold()))
