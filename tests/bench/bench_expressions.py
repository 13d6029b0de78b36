"""What reading and evaluating expressions costs. Run by hand: python tests/bench/bench_expressions.py"""

from __future__ import annotations

import json
import timeit

from gemba.forms.expressions import Compiled, Context, World, evaluate, parse_xml
from gemba.forms.expressions.compiling import Compiler, compile_text
from gemba.forms.expressions.parsing import parse

ROWS = 5_000
DATA = "<data><a>5</a><s2>wall floor</s2><region>r7</region>" + "<r><x>2</x></r>" * 300 + "</data>"
ITEMS = "".join(f"<item><name>n{row}</name><region>r{row % 50}</region></item>" for row in range(ROWS))
EXPRESSIONS = {
    "and_selected": "/data/a > 3 and selected(/data/s2, 'wall')",
    "sum_of_two": "/data/a + 1",
    "choice": "if(/data/a = 5, 'x', 'y')",
    "sum_of_300_repeats": "sum(/data/r/x)",
    "choice_filter_of_5000": "count(instance('items')/root/item[region = /data/region])",
    "chain_of_500": " + ".join(["/data/a"] * 500),
}


def context() -> Context:
    """Answers as a form has them, and a list of choices."""
    world = World(parse_xml(DATA))
    world.instances["items"] = parse_xml(f"<root>{ITEMS}</root>")
    data = world.root.children[0] if world.root is not None else None
    assert data is not None
    for leaf in (data.first("a"), *(each.first("x") for each in data.named("r"))):
        assert leaf is not None
        leaf.type = "int"
    return Context(data, world)


def microseconds(run: Compiled, where: Context) -> float:
    """The best of five rounds, for one evaluation."""
    run(where)
    rounds, took = timeit.Timer(lambda: run(where)).autorange()
    best = min([took, *timeit.repeat(lambda: run(where), number=rounds, repeat=4)])
    return round(best / rounds * 1e6, 2)


def main() -> None:
    """Print one JSON line: microseconds of each expression; of reading one anew; and of finding one in the cache."""
    where = context()
    told = {name: microseconds(compile_text(source), where) for name, source in EXPRESSIONS.items()}
    source = EXPRESSIONS["and_selected"]
    anew = timeit.timeit(lambda: Compiler().compile(parse.__wrapped__(source)), number=500) / 500 * 1e6
    cached = timeit.timeit(lambda: evaluate(source, where), number=20_000) / 20_000 * 1e6
    print(json.dumps(told | {"read_and_compile_anew": round(anew, 1), "and_selected_through_cache": round(cached, 2)}))


if __name__ == "__main__":
    main()
