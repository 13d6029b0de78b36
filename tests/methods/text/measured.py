"""How much of what tells of a person is found, and how much of what is found does: over made-up cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from tests.methods.text.personal_cases import Case

from gemba.methods.text.personal import Sort, found


class Score(NamedTuple):
    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.right + self.missed)


def differences(case: Case) -> tuple[Counter[tuple[str, Sort]], Counter[tuple[str, Sort]]]:
    """What was found and should not have been, and what was missed."""
    seen = Counter((case.text[span.start : span.end], span.sort) for span in found(case.text, case.names))
    wanted = Counter(case.expected)
    return seen - wanted, wanted - seen


def scores(cases: Iterable[Case]) -> dict[Sort, Score]:
    """By sort."""
    right: Counter[Sort] = Counter()
    wrong: Counter[Sort] = Counter()
    missed: Counter[Sort] = Counter()
    for case in cases:
        extra, lost = differences(case)
        for count, of in ((wrong, extra), (missed, lost), (right, Counter(case.expected) - lost)):
            count.update(Counter(dict.fromkeys(Sort, 0)))
            for (_, sort), times in of.items():
                count[sort] += times
    return {sort: Score(right[sort], wrong[sort], missed[sort]) for sort in Sort}
