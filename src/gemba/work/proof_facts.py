"""What shows that an action was done, as documents print it: photos in pairs, files by their names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gemba.domain.actions import Action, ActionState
from gemba.domain.evidence import Evidence
from gemba.reports.facts import ActionFacts, PairFacts, PhotoFacts
from gemba.store.photos import PRINT
from gemba.store.reading import Reader
from gemba.store.shown import shown
from gemba.wording import text
from gemba.work.desk import Desk
from gemba.work.photo_pairs import Pair, files_of, pairs_of


def shown_done(desk: Desk, reader: Reader, actions: Iterable[Action]) -> tuple[ActionFacts, ...]:
    """Those of these actions that photos or files show as done."""
    told = (proof_facts(desk, reader, one) for one in actions)
    return tuple(one for one in told if one.pairs or one.files)


def proof_facts(desk: Desk, reader: Reader, action: Action) -> ActionFacts:
    """An action with its photos and files; none of before are printed while there is none of after."""
    pairs = pairs_printed(desk, with_after(pairs_of(reader, action)))
    return action_facts(action, pairs, tuple(one.name for one in files_of(reader, action)))


def action_facts(action: Action, pairs: tuple[PairFacts, ...], files: tuple[str, ...]) -> ActionFacts:
    """An action as it is printed, with its pairs of photos and the names of its files."""
    done = action.state is ActionState.DONE
    return ActionFacts(
        number=action.number,
        text=action.text,
        owner=action.owner,
        due=action.due,
        state=text("Done") if done else text("Open"),
        tone="good" if done else "fair",
        pairs=pairs,
        files=files,
    )


def with_after(pairs: Sequence[Pair]) -> Sequence[Pair]:
    """Pairs of an action as they are printed: none while no photo shows how it is now."""
    return pairs if any(pair.after is not None for pair in pairs) else ()


def pairs_printed(desk: Desk, pairs: Sequence[Pair]) -> tuple[PairFacts, ...]:
    """Pairs as they are printed; what is not here, or erased, leaves its frame empty."""
    found = (PairFacts(before=_photo(desk, one.before), after=_photo(desk, one.after)) for one in pairs)
    return tuple(one for one in found if one.before is not None or one.after is not None)


def _photo(desk: Desk, item: Evidence | None) -> PhotoFacts | None:
    if item is None:
        return None
    jpeg = shown(desk.store.evidence, item, PRINT)
    return PhotoFacts(jpeg=jpeg, caption=item.name, width=item.width, height=item.height) if jpeg else None
