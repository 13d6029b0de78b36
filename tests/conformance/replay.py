"""Fills forms again as JavaRosa (the engine of ODK Collect) filled them, and tells every difference.

    uv run python tests/conformance/replay.py FOLDER

FOLDER holds `traces/FORM.SEED.json.gz`, recorded fillings, and the forms themselves: `xform/FORM.xml.gz`, or, where
there is none, `xlsx/FORM.xlsx` (or .xls), which is imported as a person would, with the repairs that it needs; that
is said. Files that stand beside a form are looked for in `xform/FORM-media` and `xlsx/FORM-media`. The differences are
printed one by one; the last line is JSON with the number of forms, traces and questions, and of differences by sort.
The exit code is 1 when there is any. A recording or a form that cannot be read counts as a difference of its own sort.

Nothing is let pass but what two runs of the same program would not agree on: what the clock, chance and the machine
write (the entries of `meta`, preloads, `uuid()`, `random()`, `now()`). The clock stands at the moment of the recording,
where what was recorded tells it.
"""

from __future__ import annotations

import gzip
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from gemba.errors import GembaError, Refusal
from gemba.forms.definition import Form
from gemba.forms.expressions import Node, parse_xml
from gemba.forms.filling import Fill
from gemba.forms.inspecting import inspect
from gemba.forms.reading import parse
from gemba.forms.views import Effect
from gemba.wording import sentence

RECORDED = datetime(2026, 11, 21, 0, 6, tzinfo=UTC)
"""When fillings were recorded that do not tell it."""
CLOCKS = (("start", "today()"), ("end", "now()"), ("today", "once(today())"))
"""What writes the moment of the recording into an answer: preloads, and rules that are nothing but the clock."""
ENDINGS = (".xlsx", ".xlsm", ".xls", ".csv", ".md")
VERDICTS = {1: "required", 2: "constraint"}
BY_CHANCE = ("uuid(", "random(", "now(", "randomize(")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as recorded."""

    sort: str
    trace: str
    at: str
    ours: object
    theirs: object

    def __str__(self) -> str:
        return f"{self.trace} {self.sort} {self.at}: ours {_short(self.ours)}, theirs {_short(self.theirs)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"


@dataclass
class Replay:
    """One recorded filling, repeated step by step."""

    form: Form
    recorded: dict
    trace: str = ""
    questions: int = 0
    differences: list[Difference] = field(default_factory=list)

    def __post_init__(self) -> None:
        asked = {rules.preload_parameter: "found" for rules in self.form.rules.values() if rules.preload == "property"}
        recorded = recorded_at(self.form, self.recorded)
        self.fill = Fill(
            self.form, now=lambda: recorded, person="found", device="found", properties=asked, as_collect=True
        )
        self.last = ""
        self._shown: list[str] = []

    def run(self) -> list[Difference]:
        """Repeat every step and compare the final instance; a step that cannot be taken ends the run."""
        try:
            for step in self.recorded["trace"]:
                self.step(step)
            self.compare_instance()
        except GembaError as lost:
            self.note("lost", self.last, lost, "")
        return self.differences

    def step(self, step: dict) -> None:
        """Take one step: a repeat that was added, or a question that was shown and answered."""
        if step["t"] == "R":
            self.take(self.fill.add_repeat(step["ref"]))
        else:
            self.question(step)

    def question(self, step: dict) -> None:
        """A question as it was shown, the answers that were refused, and the one that was taken."""
        self.questions += 1
        self.take(self.fill.come_to(step["ref"]))
        path = self.fill.resolve(step["ref"])
        self.leave(path)
        expected = self.following()
        if expected != path:
            self.note("visibility", path, expected, path)
        self.last = path
        self.look(step, path)
        for value, code in step.get("rejected", ()):
            self.same("constraint", f"{path} {value!r}", self.fill.verdict(path, value), VERDICTS[code])
        if step["res"] == "ok":
            self.same("constraint", f"{path} {step['val']!r}", self.fill.verdict(path, step["val"]), "ok")
            self.take(self.fill.set(path, step["val"]))

    def take(self, effect: Effect) -> None:
        """Look anew at what is shown when anything appeared or went."""
        if effect.structure:
            self._shown = []

    def leave(self, path: str) -> None:
        """Note it when a repeat is left although its count asks for more of it."""
        steps = self.last.split("/")
        for place, step in enumerate(steps):
            repeat = "/".join(steps[: place + 1]).rpartition("[")[0]
            if step.endswith("]") and not path.startswith(f"{repeat}[") and self.fill.due(repeat):
                self.note("visibility", path, f"{self.fill.due(repeat)} more of {repeat}", path)

    def following(self) -> str | None:
        """The question that comes after the last one."""
        if not self._shown:
            self._shown = [item.path for item in self.fill.items() if item.kind in {"question", "note"}]
        place = self._shown.index(self.last) + 1 if self.last in self._shown else 0
        return self._shown[place] if place < len(self._shown) else None

    def look(self, step: dict, path: str) -> None:
        """How the question looks."""
        view = self.fill.view(path)
        self.same("required", path, view.required, step["req"])
        self.same("read-only", path, view.read_only, step["ro"])
        self.same("label", path, view.label or None, step["label"] or None)
        self.same("value", path, view.value or None, step["old"] or None)
        if "choices" in step:
            ours = [(each.name, each.label or None) for each in view.choices]
            theirs = [(name, label or None) for name, label in step["choices"]]
            self.same("choices", path, ours, theirs)

    def compare_instance(self) -> None:
        """The instance at the end, as it would be sent."""
        ours = parse_xml(self.fill.instance_xml("uuid:replayed")).elements()[0]
        theirs = parse_xml(self.recorded["xml"]).elements()[0]
        for each in (ours, theirs):
            _drop_identity(each)
        self.compare(ours, theirs, f"/{ours.name}")

    def compare(self, ours: Node, theirs: Node, path: str) -> None:
        """One section of the two instances."""
        names = [[child.name for child in each.elements()] for each in (ours, theirs)]
        if not self.same("instance", path, *names):
            return
        for one, other in zip(ours.elements(), theirs.elements(), strict=True):
            below = f"{path}/{one.name}"
            if one.elements() or other.elements():
                self.compare(one, other, below)
            elif not self.by_chance(below):
                self.same("instance", below, one.text(), other.text())

    def by_chance(self, path: str) -> bool:
        """Whether the clock, chance or the machine writes the answer at `path`."""
        rules = self.form.rule(path)
        sources = [rules.calculate, *(action.value for action in self.form.actions if action.target == path)]
        return bool(rules.preload) or any(each in source for each in BY_CHANCE for source in sources)

    def same(self, sort: str, at: str, ours: object, theirs: object) -> bool:
        """Whether the two are equal; a difference is noted."""
        if ours != theirs:
            self.note(sort, at, ours, theirs)
        return ours == theirs

    def note(self, sort: str, at: str, ours: object, theirs: object) -> None:
        """Keep a difference."""
        self.differences.append(Difference(sort, self.trace, at, ours, theirs))


def _drop_identity(root: Node) -> None:
    """Take out the identity of the record, which whoever asks for the instance gives."""
    for meta in root.named("meta"):
        for entry in list(meta.named("instanceID")):
            meta.remove(entry)
        if not meta.elements():
            root.remove(meta)


class Damaged(Exception):
    """A file that cannot be read."""


def unpacked(file: Path) -> str:
    """The text of a file packed with gzip."""
    try:
        return gzip.decompress(file.read_bytes()).decode()
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as broken:
        raise Damaged(f"{file.name} is damaged: {broken}") from broken


def recording_in(file: Path) -> dict:
    """One recorded filling, as far as its shape goes."""
    try:
        recorded = json.loads(unpacked(file))
    except (json.JSONDecodeError, RecursionError) as broken:
        raise Damaged(f"{file.name} is damaged: {broken}") from broken
    if not isinstance(recorded, dict) or not isinstance(recorded.get("trace"), list) or "xml" not in recorded:
        raise Damaged(f"{file.name} is no recorded filling: it needs `trace` and `xml`")
    return recorded


def recorded_at(form: Form, recorded: dict) -> datetime:
    """When a filling was recorded, as its answers tell it."""
    root = parse_xml(recorded["xml"]).elements()[0]
    for preload, rule in CLOCKS:
        for path, rules in form.rules.items():
            if rules.preload_parameter == preload or rules.calculate == rule:
                moment = _moment(_text_at(root, path))
                if moment is not None:
                    return moment
    return RECORDED


def _text_at(root: Node, path: str) -> str:
    node: Node | None = root
    for name in path.strip("/").split("/")[1:]:
        node = node.first(name) if node is not None else None
    return node.text() if node is not None else ""


def _moment(text: str) -> datetime | None:
    """A moment or a day as it stands in an answer; the time of a day is that of the other recordings."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if len(text) == len("2026-11-21"):
        return datetime.combine(moment.date(), RECORDED.timetz())
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def beside(folder: Path, name: str) -> dict[str, bytes]:
    """The files that stand beside a form."""
    places = [folder / "xlsx" / f"{name}-media", folder / "xform" / f"{name}-media"]
    return {file.name: file.read_bytes() for place in places if place.is_dir() for file in sorted(place.iterdir())}


@lru_cache(maxsize=4)
def form_of(folder: Path, name: str) -> Form:
    """One form of the folder with the files beside it: its XForm as it is there, else imported from its workbook."""
    packed, plain = folder / "xform" / f"{name}.xml.gz", folder / "xform" / f"{name}.xml"
    files = beside(folder, name)
    if packed.exists() or plain.exists():
        return parse(unpacked(packed) if packed.exists() else plain.read_text("utf-8"), name=name, files=files)
    books = [folder / "xlsx" / f"{name}{ending}" for ending in ENDINGS]
    book = next((each for each in books if each.exists()), None)
    if book is None:
        raise Damaged(f"there is no form {name}")
    return parse(imported(book, files), name=name, files=files)


def imported(book: Path, files: dict[str, bytes]) -> str:
    """The XForm of a workbook, with its repairs agreed to."""
    found = inspect(book.read_bytes(), book.name, files)
    if found.form is None:
        raise found.refusal(book.name) or Refusal("forms.no_questions", file=book.name)
    if found.repairs:
        print(f"{book.name}: imported with {len(found.repairs)} repairs")
    return found.xform


def traces(folder: Path) -> list[Path]:
    """Every recorded filling of the folder, form by form."""
    return sorted((folder / "traces").glob("*.json.gz"))


def replays(folder: Path) -> Iterator[Replay]:
    """Every recorded filling, ready to be repeated."""
    for file in traces(folder):
        yield replay_of(folder, file)


def replay_of(folder: Path, file: Path) -> Replay:
    """One recorded filling of the folder, ready to be repeated."""
    trace = file.name.removesuffix(".json.gz")
    return Replay(form_of(folder, trace.rpartition(".")[0]), recording_in(file), trace)


def main(arguments: list[str]) -> int:
    """Replay a folder, print what differs and a summing-up; 1 when anything differs, 2 when there is nothing."""
    folder = Path(arguments[0]) if arguments else Path()
    found: list[Difference] = []
    forms, count, questions = set(), 0, 0
    for file in traces(folder):
        name = file.name.removesuffix(".json.gz").rpartition(".")[0]
        forms.add(name)
        count += 1
        try:
            replay = replay_of(folder, file)
            differences = replay.run()
            questions += replay.questions
        except (GembaError, Damaged) as broken:
            told = sentence(broken) if isinstance(broken, GembaError) else str(broken)
            differences = [Difference("form", file.name, name, told, "")]
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as broken:
            differences = [Difference("trace", file.name, name, f"a step cannot be read: {broken!r}", "")]
        for each in differences:
            print(each)
        found += differences
    sorts = dict(sorted(Counter(each.sort for each in found).items()))
    print(json.dumps({"forms": len(forms), "traces": count, "questions": questions, "differences": sorts}))
    return 2 if not count else int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
