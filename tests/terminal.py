"""A command on a terminal, as a reader sees it."""

import os
import pty
import subprocess


def on_a_terminal(command, *, cwd, columns, code=0, **variables):
    """Run a command that ends with a code on a terminal of some columns, and give all that appears there."""
    reader, writer = pty.openpty()
    environment = os.environ | {"TERM": "xterm-256color", "COLUMNS": str(columns)} | variables
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=writer, stderr=writer)
    os.close(writer)
    shown = b""
    while True:
        try:
            read = os.read(reader, 4096)
        except OSError:  # Linux says so where the other end is closed
            read = b""
        if not read:
            break
        shown += read
    os.close(reader)
    assert code == process.wait()
    return shown.decode()
