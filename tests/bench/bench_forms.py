"""How quickly forms answer: on every recorded real form, on large ones of our own, and against recalculating all.

    uv run python tests/bench/bench_forms.py [--floors]

Measured are the evaluation of each answer on every form of `oracles/forms` (the 95th percentile of all answers), the
loading of forms of 500 and 2,000 questions, adding the 300th repeat, and how much slower the same answers are when
everything is recalculated each time. With `--floors` the exit code is 1 when a bound is not met. What importing takes
is measured by `bench_import.py`.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from gemba.errors import GembaError
from gemba.forms.filling import Fill
from gemba.forms.reading import parse

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.conformance.replay import Replay, replay_of, traces
from tests.forms.test_speed import audit

ORACLES = Path(os.environ.get("GEMBA_ORACLES") or Path(__file__).parents[2].parent / "shared" / "oracles") / "forms"
NOW = datetime(2026, 3, 2, tzinfo=UTC)
BOUNDS = {
    "answer_p95_ms": 16.0,
    "worst_form_p95_ms": 16.0,
    "load_500_s": 1.0,
    "load_2000_s": 2.0,
    "repeat_300_ms": 100.0,
    "summing_up_2000_ms": 100.0,
}
SLOWER = 10.0
"""How many times slower recalculating everything must be, at least."""
REPEATS = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
 xmlns:jr="http://openrosa.org/javarosa"><h:head><h:title>Rooms</h:title><model><instance><data id="rooms">
<room jr:template=""><place/>{leaves}<sum/></room><room><place/>{leaves}<sum/></room><all/></data></instance>
<bind nodeset="/data/room/place" calculate="position(..)"/>{rules}
<bind nodeset="/data/room/sum" calculate="{total}"/>
<bind nodeset="/data/all" calculate="sum(/data/room/sum)"/></model></h:head><h:body>
<group ref="/data/room"><label>Room</label><repeat nodeset="/data/room">{body}</repeat></group></h:body></h:html>"""


def rooms() -> str:
    """A repeat of 20 questions with a sum, a place and a sum over all."""
    names = [f"q{number}" for number in range(20)]
    return REPEATS.format(
        leaves="".join(f"<{name}/>" for name in names),
        rules="".join(f'<bind nodeset="/data/room/{name}" type="int" constraint=". &lt; 100"/>' for name in names),
        total=" + ".join(f"coalesce(/data/room/{name}, 0)" for name in names),
        body="".join(f'<input ref="/data/room/{name}"><label>{name}</label></input>' for name in names),
    )


def taken(work: Callable[[], object]) -> float:
    """Seconds that `work` takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Timed(Replay):
    """A recorded filling whose answers are timed and whose look is not compared."""

    def question(self, step: dict) -> None:
        """Give the answer of one step and keep how long it took."""
        self.fill.come_to(step["ref"])
        if step["res"] == "ok":
            self.seconds.append(taken(lambda: self.fill.set(step["ref"], step["val"])))

    def step(self, step: dict) -> None:
        """Take one step, timed."""
        if step["t"] == "R":
            self.fill.add_repeat(step["ref"])
        else:
            self.question(step)


def percentile(values: list[float], share: float = 0.95) -> float:
    """The value below which `share` of `values` lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else 0.0


def real_forms() -> dict[str, float]:
    """Milliseconds of an answer on the recorded forms: over all answers, and on the slowest form."""
    answers: list[float] = []
    worst = 0.0
    for file in traces(ORACLES):
        known = replay_of(ORACLES, file)
        timed = Timed(known.form, known.recorded)
        timed.seconds = []
        try:
            for step in timed.recorded["trace"]:
                timed.step(step)
        except GembaError as lost:
            print(f"{file.name}: {lost}")
        answers += timed.seconds
        worst = max(worst, percentile(timed.seconds))
    return {
        "answers": len(answers),
        "answer_mean_ms": 1000 * sum(answers) / max(1, len(answers)),
        "answer_p95_ms": 1000 * percentile(answers),
        "worst_form_p95_ms": 1000 * worst,
    }


def large_forms() -> dict[str, float]:
    """Loading, summing up and answering forms of our own, and how much slower recalculating everything is."""
    found: dict[str, float] = {}
    for count in (500, 2000):
        source = audit(count // 20)
        found[f"load_{count}_s"] = taken(lambda source=source: Fill(parse(source), now=lambda: NOW))
        fill = Fill(parse(source), now=lambda: NOW)
        found[f"summing_up_{count}_ms"] = 1000 * min(taken(lambda fill=fill: summing_up(fill)) for _ in range(5))
        paths = [question.path for question in fill.form.questions()][::7]
        ours = sum(taken(lambda fill=fill, path=path: fill.set(path, "no")) for path in paths) / len(paths)
        full = sum(taken(lambda fill=fill, path=path: everything(fill, path)) for path in paths[:20]) / 20
        found |= {
            f"answer_{count}_ms": 1000 * ours,
            f"everything_{count}_ms": 1000 * full,
            f"ratio_{count}": full / ours,
        }
    return found


def summing_up(fill: Fill) -> None:
    """What the window asks for after an answer."""
    fill.score()
    fill.missing()
    fill.progress()
    fill.items()


def everything(fill: Fill, path: str) -> None:
    """Give an answer and recalculate everything."""
    fill.set(path, "yes")
    fill._answers.wake_all()
    fill._settle()


def repeats() -> dict[str, float]:
    """Milliseconds of adding the 300th repeat, at the end and in the midst, copying, moving and taking one out."""
    fill = Fill(parse(rooms()), now=lambda: NOW)
    path = "/data/room"
    for number in range(2, 300):
        fill.add_repeat(path)
        fill.set(f"{path}[{number}]/q0", "3")
    steps: dict[str, Callable[[], object]] = {
        "repeat_300_ms": lambda: fill.add_repeat(path),
        "repeat_in_the_midst_ms": lambda: fill.add_repeat(path, 2),
        "repeat_copied_ms": lambda: fill.copy_repeat(path, 150),
        "repeat_moved_ms": lambda: fill.move_repeat(path, 300, 1),
        "repeat_removed_ms": lambda: fill.remove_repeat(path, 1),
        "snapshot_ms": fill.snapshot,
    }
    return {name: 1000 * taken(step) for name, step in steps.items()}


def main(arguments: list[str]) -> int:
    """Print the figures as JSON, and, with `--floors`, fail when one is not met."""
    found = large_forms() | repeats()
    if ORACLES.is_dir():
        found |= real_forms()
    print(json.dumps({name: round(value, 3) for name, value in found.items()}, indent=2))
    missed = [name for name, bound in BOUNDS.items() if found.get(name, 0.0) > bound]
    missed += [name for name in ("ratio_500", "ratio_2000") if found[name] < SLOWER]
    print("missed: " + (", ".join(missed) or "none"))
    return int("--floors" in arguments and bool(missed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
