"""The mistakes that the long run plants have their places in the code as it is today."""

from __future__ import annotations

import pytest
from tests.faults.merge import MUTANTS, ROOT, SHORT, Mutant


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_mistake_has_one_place(mutant: Mutant) -> None:
    source = (ROOT / "src/gemba/store" / mutant.file).read_text("utf-8")
    assert source.count(mutant.was) == 1
    compile(source.replace(mutant.was, mutant.becomes), mutant.file, "exec")


def test_the_short_run_plants_some_of_them() -> None:
    assert {*SHORT} < {mutant.name for mutant in MUTANTS}
