"""Carriers as they are kept: by which address, with which password."""

from __future__ import annotations

from pathlib import Path

import pytest

from gemba.errors import GembaError, Refusal
from gemba.work.carriers import add, carriers, secret_of, try_out


def test_a_folder_is_kept_by_its_whole_path_wherever_one_stands(desk, tmp_path, monkeypatch):
    (tmp_path / "stick").mkdir()
    monkeypatch.chdir(tmp_path)
    assert add(desk, "stick", "stick").url == str(tmp_path / "stick")
    assert add(desk, "home", "~/packs").url == str(Path.home() / "packs")


@pytest.mark.parametrize(
    ("url", "options"),
    [("", {}), ("sftp://u@host/x", {"keyfile": "x"}), ("webdavs://u@host/x", {"timeout": "soon"}), ("s3://b/a#b", {})],
)
def test_what_nobody_could_use_is_refused_and_not_kept(desk, url, options):
    with pytest.raises(Refusal, match=r"carriers\."):
        add(desk, "server", url, options=options)
    assert carriers(desk) == []


def test_a_password_goes_to_no_other_server_than_the_one_it_was_given_for(desk):
    add(desk, "server", "webdavs://steward@dav.example.org/x", secret="correct horse")
    add(desk, "server", "webdavs://steward@dav.example.org/another-folder")
    assert secret_of(desk, "server") == "correct horse"
    add(desk, "server", "webdavs://steward@dav.example.net/x")
    assert secret_of(desk, "server") is None


def test_a_name_that_no_disk_takes_is_no_mistake_in_gemba(desk, tmp_path):
    assert add(desk, "long", str(tmp_path / ("y" * 256))).url.endswith("yyy")
    with pytest.raises(GembaError):
        try_out(desk, "long")
