"""Whatever happens to laptops and packs, all stores come to say the same, and nothing that was acknowledged is lost.

The long version, and that it can fail: `uv run python tests/faults/merge.py --long`.
"""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings
from tests.store.merge_machine import Machine

# A life that fails is told as it was; made shorter only when that is wished, since it takes minutes.
EXAMPLES = int(os.environ.get("GEMBA_MERGE_EXAMPLES", "12"))
"""How many lives are tried."""

TestMerge = Machine.TestCase
TestMerge.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="GEMBA_MERGE_SEED" not in os.environ,
    database=None,
    phases=tuple(Phase) if "GEMBA_MERGE_SHRINK" in os.environ else (Phase.explicit, Phase.generate),
)
