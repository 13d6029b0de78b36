"""What stood in a filling at one moment, so that a change can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from gemba.forms.expressions import Node
from gemba.forms.recalculation import Answers
from gemba.forms.repeating import paths_in


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Every answer of a filling by path, which of them were given, and how often each repeat occurred."""

    values: Mapping[str, tuple[str, object]]
    given: frozenset[str]
    repeats: tuple[tuple[str, str, int], ...]
    """Section, path of the repeat in it without numbers, how many; outer repeats before inner ones."""


def take(answers: Answers, given: set[Node]) -> Snapshot:
    """What stands now; `given` are the answers that the person gave."""
    paths = paths_in(answers, [answers.root])
    holders: dict[str, list[str]] = {}
    for schema in answers.form.templates:
        holders.setdefault(schema.rpartition("/")[0], []).append(schema)
    return Snapshot(
        values={
            path: (node.text(), node._typed)  # noqa: SLF001 - kept exactly as it was
            for node, path in paths.items()
            if not node.elements()
        },
        given=frozenset(path for node, path in paths.items() if node in given),
        repeats=tuple(
            (path, schema, len(node.named(schema.rpartition("/")[2])))
            for node, path in paths.items()
            for schema in holders.get(node.path, ())
        ),
    )


def put_back(answers: Answers, snapshot: Snapshot) -> set[Node]:
    """Make the answers what they were at `snapshot`; returns those that had been given then."""
    for holder, schema, count in snapshot.repeats:
        parent = answers.find(holder)
        while parent is not None and len(parent.named(schema.rpartition("/")[2])) > count:
            answers.drop(parent.named(schema.rpartition("/")[2])[-1])
        while parent is not None and len(parent.named(schema.rpartition("/")[2])) < count:
            answers.add(parent, schema)
    nodes = {path: node for node, path in paths_in(answers, [answers.root]).items()}
    for path, (text, typed) in snapshot.values.items():
        if path in nodes:
            answers.put(nodes[path], text, typed)  # type: ignore[arg-type]  # it is the value that the node held
    return {nodes[path] for path in snapshot.given if path in nodes}
