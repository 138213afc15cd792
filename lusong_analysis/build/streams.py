"""What a kernel's process writes past Python: in its place among what Python prints, and in the cell that wrote it."""

from __future__ import annotations

import codecs
import os
import select
import sys
import threading
from typing import Any

# What a kernel runs first, without a name that a notebook would see.
PROMPT = f"__import__({__name__!r}, fromlist=['prompt']).prompt()\n"

SIZE = 65536  # of a pipe of Linux [bytes]


def prompt() -> None:
    """Let what C libraries and children wrote come before whatever is printed, shown or finished after it.

    ipykernel reads it in a thread of its own (`ipykernel.iostream.OutStream`): when the system lets that thread wait,
    a line ends up behind later ones or in the next cell. Here it is read before each line and at the end of each cell.
    """
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "_should_watch", False):
            take_over(stream)


def take_over(stream: Any) -> None:
    """Read the pipe of a stream of ipykernel in its stead."""
    write, flush, pipe, reading = stream.write, stream.flush, stream._fid, threading.RLock()
    decoder = codecs.getincrementaldecoder("utf-8")("replace")  # the system cuts where it likes

    def take() -> None:
        if not stream._is_master_process():
            return  # a forked child writes to the pipe
        with reading:
            while select.select([pipe], [], [], 0)[0]:
                written = os.read(pipe, SIZE)
                write(decoder.decode(written))
                os.write(stream._original_stdstream_copy, written)

    def take_and_write(text: str) -> int | None:
        take()
        count: int | None = write(text)
        return count

    def take_and_flush() -> None:
        take()
        flush()

    def watch() -> None:
        while select.select([pipe], [], []) and stream._should_watch:
            take()

    stream._should_watch = False
    os.write(stream._original_stdstream_fd, b"\0")  # wakes it
    stream.watch_fd_thread.join()
    stream._should_watch = True
    stream.write, stream.flush = take_and_write, take_and_flush
    stream.watch_fd_thread = threading.Thread(target=watch, daemon=True)
    stream.watch_fd_thread.start()
