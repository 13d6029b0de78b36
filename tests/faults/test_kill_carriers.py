"""The short version of `kill_carriers.py`: a few kills and cut lines on each carrier."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.carriers.servers import SERVERS

PROGRAM = Path(__file__).with_name("kill_carriers.py")
NEEDED = {"sftp": ("sshd", "openssh-server"), "smb": ("smbd", "samba")}


@pytest.mark.skipif(os.name != "posix", reason="needs fork")
@pytest.mark.parametrize("sort", list(SERVERS))
def test_a_pack_is_identical_however_often_its_program_or_its_line_is_cut(sort):
    program, package = NEEDED.get(sort, ("", ""))
    if program and not shutil.which(program, path="/usr/sbin:/usr/bin"):
        pytest.skip(f"{program} is missing: Debian's package {package}")
    if sort == "smb" and os.geteuid() != 0:
        pytest.skip("smbd takes sign-ins of this user only when it is started by root")
    command = [sys.executable, str(PROGRAM), "--only", sort, "--kills", "3", "--cuts", "3"]
    done = subprocess.run(
        [*command, "--size", "1500000", "--part", "131072", "--seed", str(os.getpid())],
        capture_output=True,
        text=True,
        check=False,
        timeout=500,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [figures] = json.loads(done.stdout)
    assert figures["kills"] >= 3
    assert figures["cuts"] >= 3
    assert figures["identical"] == figures["packs"] >= 2
