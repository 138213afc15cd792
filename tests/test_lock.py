"""A lock that ends with its holder."""

from __future__ import annotations

import os
import subprocess
import sys

from lusong_analysis.build.lock import alone, left

HOLD = (
    "import sys, pathlib\nfrom lusong_analysis.build.lock import alone\n"
    "with alone(pathlib.Path(sys.argv[1]), print):\n    print('held', flush=True)\n    sys.stdin.read()"
)


def holder(file):
    """A process that holds a lock until its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert "held\n" == process.stdout.readline()
    return process


def test_nobody_waits_alone(tmp_path):
    """A free lock is taken without a word, its folder is made, and it can be taken again."""
    for _ in range(2):
        said = []
        with alone(tmp_path / "folder" / "lock", said.append):
            assert [] == said
            assert f"process {os.getpid()}" == (tmp_path / "folder" / "lock").read_text()


def test_who_waits_is_told_who_holds(tmp_path):
    """A lock that is held is waited for, after its holder was named."""
    with holder(tmp_path / "lock") as process:
        assert not left(tmp_path / "lock")
        said = []

        def waiting(name):
            said.append(name)
            process.stdin.close()

        with alone(tmp_path / "lock", waiting):
            assert [f"process {process.pid}"] == said


def test_the_lock_of_the_dead_is_free(tmp_path):
    """A holder that is killed holds nothing any more."""
    with holder(tmp_path / "lock") as process:
        process.kill()
    assert left(tmp_path / "lock")
    assert not left(tmp_path / "nowhere" / "lock")


def test_a_lock_that_was_never_made_is_nobodys(tmp_path):
    """A folder without a lock may be somebody else's: it is not left by anybody, and none is made in it."""
    assert not left(tmp_path / "lock")
    assert [] == list(tmp_path.iterdir())
