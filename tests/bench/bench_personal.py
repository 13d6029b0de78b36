"""How much of what tells of a person is found in made-up complaints, and how fast long ones are read.

Run by hand: `uv run python -m tests.bench.bench_personal`. The cases are the ones the patterns were tried on, so the
figures say what is known to hold, not what a stranger's complaints would give.
"""

from __future__ import annotations

import time

from tests.methods.text.measured import differences, scores
from tests.methods.text.personal_cases import CASES

from gemba.methods.text.personal import redacted


def main() -> None:
    print(f"{len(CASES)} cases\n{'':<14}  right  wrong  missed  precision  recall")
    for sort, score in scores(CASES).items():
        print(
            f"{sort:<14} {score.right:6} {score.wrong:6} {score.missed:7} {score.precision:10.3f} {score.recall:7.3f}"
        )
    for case in CASES:
        extra, lost = differences(case)
        if extra or lost:
            print(f"  {case.text!r}: too much {dict(extra)}, missed {dict(lost)}")
    words = " ".join(case.text for case in CASES)
    narratives = [words[at : at + 300] for at in range(0, len(words), 30)]
    begun = time.process_time()
    for narrative in narratives:
        redacted(narrative, ["Anna Müller"])
    spent = time.process_time() - begun
    print(f"{len(narratives)} texts of 300 characters: {1000 * spent / len(narratives):.2f} ms each")


if __name__ == "__main__":
    main()
