"""An own pack that comes back: the way is to bring back what is missing, not to take it in."""

from __future__ import annotations

import pytest
from tests.conftest import new_uid

from gemba import wording
from gemba.errors import Refusal
from gemba.hq.founding import found
from gemba.work.pack_copies import bring_back
from gemba.work.send_pack import OUTBOX, seal
from gemba.work.take_in import take_in


def test_an_own_pack_points_to_restore(desk, audit, ticking, tmp_path):
    take_in(desk, found(tmp_path / "hq", clock=ticking, ids=new_uid, demo=True).file)
    file = desk.store.folder / OUTBOX / seal(desk)[-1].file.name
    with pytest.raises(Refusal) as caught:
        take_in(desk, file)
    assert caught.value.code == "work.own_pack"
    said = wording.sentence(caught.value)
    assert "“gemba restore”" in said
    assert wording.text("Bring back from packs") in said
    assert bring_back(desk, file).packs == 1  # the way that is named is one
