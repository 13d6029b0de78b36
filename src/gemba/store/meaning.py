"""What an operation means on its own: the record that its values make, and the records that it names. Pure."""

from __future__ import annotations

import msgspec

from gemba.domain.nouns import NOUNS
from gemba.errors import Refusal
from gemba.store import projection
from gemba.store.operations import Meaning, Operation
from gemba.store.rows import references


def meaning_of(operation: Operation) -> Meaning:
    """What an operation means; worked out once, and kept with it.

    Raises:
        Refusal: `store.unknown_noun`; `store.unfit_value` when it sets what its noun does not have.
    """
    if operation.meaning is not None:
        return operation.meaning
    header = operation.header
    if header.noun not in NOUNS:
        raise Refusal("store.unknown_noun", noun=header.noun)
    record = projection.birth(operation)
    wrong = "" if record is not None else projection.first_wrong(operation)
    if wrong:
        raise Refusal("store.unfit_value", operation=header.id, noun=header.noun, field=wrong)
    alone = None if record is None else projection.columns_of(record)
    found = Meaning(operation.subject, alone, references(header.noun, operation.values))
    msgspec.structs.force_setattr(operation, "meaning", found)  # the operation says nothing else than before
    return found
