"""Cells run as a process of the build runs them, in real kernels."""

import contextlib
import os
import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest

from lusong_analysis.build.execute import run
from lusong_analysis.build.forkserver import fork_server
from lusong_analysis.build.kernel import environment
from lusong_analysis.build.workers import furnish


@contextlib.contextmanager
def kernels(folder, *, cold=False, bare=False):
    """Run notebooks of a folder, as a process of the build does: give a function that takes their cells.

    Bare kernels run nothing of this project first.
    """
    # The sockets' paths must be short; ipykernel leaves the output of the process alone under pytest.
    with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as ending:
        patch.delenv("PYTEST_CURRENT_TEST")
        patch.setattr("papermill.execute.raise_for_execution_errors", lambda *_: None)  # tags do not stop it
        temporary = tempfile.TemporaryDirectory(prefix="lt-", ignore_cleanup_errors=True)  # the server removes it
        scratch = Path(ending.enter_context(temporary))
        furnish(scratch)
        if bare:
            shutil.rmtree(scratch / "profile_default")
        variables = environment(folder, "2026-11", scratch)
        for name in os.environ.keys() - variables.keys():
            patch.delenv(name)
        for name, value in variables.items():
            patch.setenv(name, value)
        server = ending.enter_context(fork_server(scratch, variables, cold=cold))

        def execute(*sources):
            v4 = nbformat.v4
            tags = {"tags": ["raises-exception"]}
            cells = [v4.new_code_cell(source, id=f"{number}", metadata=tags) for number, source in enumerate(sources)]
            return run(v4.new_notebook(cells=cells), {}, folder, scratch, lambda index: None, server)

        yield execute
