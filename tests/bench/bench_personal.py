"""How much of what tells of a person is found in made-up complaints, and how fast long ones are read.

Run by hand: `uv run python -m tests.bench.bench_personal`. The first cases are the ones the patterns were tried
on, the second were written afterwards and nothing was changed for them: complaints of strangers are more like these.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.methods.text.measured import Score, differences, scores
from tests.methods.text.personal_cases import CASES, Case
from tests.methods.text.personal_unseen import UNSEEN

from gemba.methods.text.personal import redacted


def tell(of: str, cases: Sequence[Case]) -> None:
    print(f"{len(cases)} cases that {of}")
    print(f"{'':<14}  right  wrong  missed  precision  recall")
    found = scores(cases)
    whole = Score(*(sum(figures) for figures in zip(*found.values(), strict=True)))
    for name, score in (*found.items(), ("together", whole)):
        print(
            f"{name:<14} {score.right:6} {score.wrong:6} {score.missed:7} {score.precision:10.3f} {score.recall:7.3f}"
        )
    for case in cases:
        extra, lost = differences(case)
        if extra or lost:
            print(f"  {case.text!r}: too much {dict(extra)}, missed {dict(lost)}")


def main() -> None:
    tell("the patterns were tried on", CASES)
    tell("nothing was tried on", UNSEEN)
    words = " ".join(case.text for case in CASES)
    narratives = [words[at : at + 300] for at in range(0, len(words), 30)]
    begun = time.process_time()
    for narrative in narratives:
        redacted(narrative, ["Anna Müller"])
    spent = time.process_time() - begun
    print(f"{len(narratives)} texts of 300 characters: {1000 * spent / len(narratives):.2f} ms each")


if __name__ == "__main__":
    main()
