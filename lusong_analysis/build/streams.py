"""What a kernel's process writes past Python: in its place among what Python prints, and in the cell that wrote it."""

from __future__ import annotations

import codecs
import contextvars
import os
import select
import sys
import threading
from typing import Any

# What a kernel runs first, without a name that a notebook would see.
IN_PLACE = f"__import__({__name__!r}, fromlist=['in_place']).in_place()\n"

SIZE = 1 << 20  # more than a pipe holds unless somebody has enlarged it [bytes]


def in_place() -> None:
    """Let what C libraries and children wrote come before whatever is printed, shown or finished after it.

    ipykernel reads it in a thread of its own (`ipykernel.iostream.OutStream`): when the system lets that thread wait,
    a line ends up behind later ones or in the next cell. Here it is read before each line and at the end of each cell.
    It is not passed on to the terminal of the build.
    """
    from IPython import get_ipython

    pipes = [Pipe(stream) for stream in (sys.stderr, sys.stdout) if getattr(stream, "_should_watch", False)]

    def take() -> None:
        for pipe in pipes:
            pipe.take()

    def finish(result: Any) -> None:
        for pipe in pipes:
            pipe.take(last=True)

    for pipe in pipes:
        pipe.take_over(take)
    get_ipython().events.register("post_run_cell", finish)


class Pipe:
    """The pipe of a stream of ipykernel, to which the process and its children write.

    Parameters
    ----------
    stream : ipykernel.iostream.OutStream
        What Python prints to.
    """

    def __init__(self, stream: Any) -> None:
        self.stream, self.write, self.reading = stream, stream.write, threading.RLock()
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")  # the system cuts where it likes

    def take(self, *, last: bool = False) -> None:
        """Print what is in it now; at the end of a cell no piece of a character is kept for the next one."""
        if not self.stream._is_master_process():
            return  # a forked child writes to it
        with self.reading:
            there = select.select([self.stream._fid], [], [], 0)[0]
            text = self.decoder.decode(os.read(self.stream._fid, SIZE) if there else b"", last)
            if text:
                # Without a context of its own it belongs to the running cell, whichever task prints.
                contextvars.Context().run(self.write, text)

    def take_over(self, take: Any) -> None:
        """Read it from now on instead of ipykernel, and let the stream take what was written before it goes on."""
        stream, write, flush = self.stream, self.write, self.stream.flush

        def take_and_write(text: str) -> int | None:
            take()
            count: int | None = write(text)
            return count

        def take_and_flush() -> None:
            take()
            flush()

        def watch() -> None:
            while select.select([stream._fid], [], []) and stream._should_watch:
                self.take()

        stream._should_watch = False
        os.write(stream._original_stdstream_fd, b"\0")  # wakes it
        stream.watch_fd_thread.join()
        stream._should_watch = True
        stream.write, stream.flush = take_and_write, take_and_flush
        stream.watch_fd_thread = threading.Thread(target=watch, daemon=True)
        stream.watch_fd_thread.start()
