from __future__ import annotations

import io
import zipfile
import zlib

from gemba.packs.zipping import DEFLATED, STORED, Member, directory, directory_size, local_header, read_local_header


def test_the_standard_library_reads_what_is_written():
    content, at, out, members = b"content" * 100, 0, b"", []
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(content) + packer.flush()
    for name, method, data in (("a/stored", STORED, content), ("deflated", DEFLATED, packed), ("empty", STORED, b"")):
        size = len(content) if data else 0
        member = Member(name, method, zlib.crc32(content) if data else 0, len(data), size, at)
        out += local_header(member) + data
        at = member.end
        members.append(member)
    whole = out + directory(members, at)
    assert len(whole) == len(out) + directory_size([one.name for one in members])
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        assert opened.testzip() is None
        assert [opened.read(name) for name in opened.namelist()] == [content, content, b""]
        assert {info.date_time for info in opened.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not any(info.extra or info.comment or info.flag_bits for info in opened.infolist())
    assert opened.comment == b""


def test_a_header_comes_back():
    member = Member("name", STORED, 1, 2, 2, 7)
    read, length = read_local_header(local_header(member)[:30], 7)
    assert (read.crc, read.packed, read.size, read.at, length) == (1, 2, 2, 7, 4)
