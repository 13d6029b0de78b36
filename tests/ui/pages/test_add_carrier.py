"""A way to headquarters is added in the window, whatever sort of server it is."""

from __future__ import annotations

from tests.carriers.servers import Sftp

from gemba.work import carriers


def add_way(demo, name, where, options):
    demo.go("packs")
    demo.press("packs.carrier.more")
    demo.type("carrier.name", name)
    demo.type("carrier.url", str(where))
    demo.type("carrier.options", options)
    demo.press("carrier.add")


def test_a_server_that_wants_a_key_file_is_added_and_tested_without_the_command_line(demo, demo_desk, tmp_path):
    server = Sftp(tmp_path / "sftp")
    server.start()
    try:
        add_way(demo, "Files", server.url(), f"key_file={server.folder / 'user'}; timeout=20")
        assert "Files works" in demo.message
    finally:
        server.stop()
    [kept] = carriers.carriers(demo_desk)
    assert (kept.options["key_file"], kept.options["timeout"]) == (str(server.folder / "user"), "20")


def test_an_option_that_nobody_reads_is_told_beside_its_field(demo, demo_desk):
    add_way(demo, "Files", "sftp://u@files.example.org/x", "keyfile=x")
    assert "key_file" in demo.page.carriers.add.options.accessibleDescription()
    assert demo.page.carriers.add.isVisible()
    assert carriers.carriers(demo_desk) == []


def test_a_way_that_can_be_reached_and_does_not_take_anything_is_held_up_not_out_of_reach(demo, tmp_path):
    (tmp_path / "share").mkdir()
    (tmp_path / "share" / "down").write_bytes(b"a file where the folder should be")
    add_way(demo, "Share", tmp_path / "share", "")
    shown = demo.texts()
    assert "Held up" in shown
    assert "1 of 1 held up" in shown
    assert "Out of reach" not in shown
