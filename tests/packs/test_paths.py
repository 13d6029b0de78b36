from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gemba.errors import Refusal
from gemba.packs import paths

ODD = st.text(st.sampled_from("./\\:ab0CON\0 é-_~\n"), max_size=30)


@given(ODD | st.text(max_size=30))
@example("data/documents/CON.txt")
def test_a_name_that_may_be_stays_in_its_folder_on_every_system(name):
    for path in (name, f"data/{name}", f"data/documents/{name}", f"data/blobs/{name}"):
        if not paths.is_payload(path):
            with pytest.raises(Refusal):
                paths.refuse_name(path)
            continue
        for kind in (PurePosixPath, PureWindowsPath):
            parts = kind(path).parts
            assert parts[0] == "data"
            assert "/".join(parts) == path
            assert ".." not in parts


@pytest.mark.parametrize("name", ["con", "Aux.pdf", "LPT1.txt", "com9", "x.", "nul.tar.gz"])
def test_names_that_windows_keeps_for_devices_may_not_be(name):
    assert paths.document_of(paths.document_path(name)) is None


def test_evidence_lies_under_its_own_hash():
    sha256 = "ab" + "cd" * 31
    assert paths.blob_path(sha256) == f"data/blobs/ab/{sha256}"
    assert paths.blob_of(paths.blob_path(sha256)) == sha256
    assert paths.blob_of(f"data/blobs/cd/{sha256}") is None
    assert paths.blob_of(f"data/blobs/ab/{sha256.upper()}") is None
