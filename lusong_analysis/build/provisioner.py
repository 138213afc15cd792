"""A kernel of the fork server, as Jupyter sees it."""

from __future__ import annotations

import json
import os
import select
import socket
import time
from collections.abc import Mapping
from pathlib import Path
from queue import Empty
from typing import Any

import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.provisioning.local_provisioner import LocalProvisioner


class ServedProcess:
    """A process of the fork server with the methods of subprocess.Popen; it lives no longer than this object.

    Parameters
    ----------
    server : Path
        The socket of the fork server.
    command : list of str
        Python, `-m`, a module and its arguments.
    folder : str
        Its working folder.
    variables : Mapping of str to str
        What it has in its environment beside that of the server.

    Raises
    ------
    OSError
        The fork server is gone.
    """

    stdin = stdout = stderr = None

    def __init__(self, server: Path, command: list[str], folder: str, variables: Mapping[str, str]) -> None:
        self._connection = socket.socket(socket.AF_UNIX)
        try:
            self._connection.connect(str(server))
            request = {"argv": command, "cwd": folder, "variables": dict(variables)}
            self._connection.sendall(json.dumps(request).encode() + b"\n")
            answer = self._connection.recv(32)
            if not answer:
                raise ConnectionResetError("The process that starts the kernels was killed.")
            self.pid = int(answer)
            self._watch = os.pidfd_open(self.pid)
        except BaseException:
            self._connection.close()
            raise

    def poll(self) -> int | None:
        """Give None while it runs; its exit code is known to the server only."""
        return 1 if self._ended(0) else None

    def wait(self) -> int:
        """Wait for its end, and let the server end what it has started."""
        self._ended(None)
        self.close()
        return 1

    def ended_within(self, seconds: float) -> bool:
        """Wait for its end, not for ever."""
        return self._ended(seconds)

    def close(self) -> None:
        """Let the server end it, and what it has started."""
        if self._connection.fileno() >= 0:
            self._connection.close()
            os.close(self._watch)

    def _ended(self, seconds: float | None) -> bool:
        return bool(select.select([self._watch], [], [], seconds)[0])


class ServedProvisioner(LocalProvisioner):
    """Lets the fork server start a kernel, in the environment of the server."""

    server: Path
    process: Any

    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        """Start the kernel and give its connection."""
        folder = options.get("cwd") or os.getcwd()
        self.process = ServedProcess(self.server, cmd, folder, self.kernel_spec.env)
        self.pid = self.pgid = self.process.pid
        return self.connection_info

    async def kill(self, restart: bool = False) -> None:
        """Kill the kernel and wait for its end, which takes a moment: else Jupyter looks every tenth of a second."""
        await super().kill(restart)
        if self.process:
            self.process.ended_within(5)

    async def cleanup(self, restart: bool = False) -> None:
        """End what a kernel that died has started."""
        await super().cleanup(restart)
        if self.process:
            self.process.close()
            self.process = None


class PromptClient(AsyncKernelClient):
    """Takes a kernel for ready as soon as it is: Jupyter's own waits until it has been silent for 0.2 seconds."""

    def _context_default(self) -> zmq.asyncio.Context:
        context = super()._context_default()
        context.reconnect_ivl = 5  # milliseconds: it knocks before the kernel has opened its sockets
        return context

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Ask the kernel who it is until it has answered and said that it is idle again.

        Raises
        ------
        RuntimeError
            It died, or did not answer in time.
        """
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            request = self.kernel_info()
            try:
                self._handle_kernel_info_reply(await self._async_recv_reply(request, timeout=1))
                while True:
                    message = await self.get_iopub_msg(timeout=0.2)
                    if message["parent_header"].get("msg_id") == request and _is_idle(message):
                        return
            except (TimeoutError, Empty):
                pass  # asked before it listened or before its answers were listened to
            if not await self.is_alive():
                raise RuntimeError("The kernel died before it was ready.")
            if time.monotonic() > end:
                raise RuntimeError(f"The kernel did not answer within {timeout} seconds.")


def _is_idle(message: Mapping[str, Any]) -> bool:
    return bool(message["msg_type"] == "status" and message["content"]["execution_state"] == "idle")
