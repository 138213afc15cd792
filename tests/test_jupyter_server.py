"""A real Jupyter server offers the exporter and gives the same bytes as the command line."""

import html
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

FEATURES = Path(__file__).parent / "notebooks" / "features.ipynb"
JUPYTER = Path(sys.executable).with_name("jupyter")


def environment(folder):
    """The environment of a user who has no Jupyter settings."""
    own = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    return {**os.environ, **own, "JUPYTER_PLATFORM_DIRS": "1"}


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A function that gets an address of a running server whose folder holds features.ipynb."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "notebooks").mkdir()
    shutil.copy(FEATURES, folder / "notebooks")
    nbformat.write(new_notebook(cells=[new_markdown_cell("😀")]), folder / "notebooks" / "bad.ipynb")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex()
    command = [JUPYTER, "server", "--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    command += [f"--IdentityProvider.token={token}", f"--ServerApp.root_dir={folder / 'notebooks'}"]

    def get(path):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Authorization": f"token {token}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.headers, answer.read()

    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=log, stderr=log)
        try:
            for _ in range(600):
                try:
                    get("/api/status")
                    break
                except (urllib.error.URLError, ConnectionError):
                    assert process.poll() is None, (folder / "log").read_text()
                    time.sleep(0.1)
            yield get
        finally:
            process.terminate()
            process.wait(30)


def test_the_menu_lists_the_exporter(server):
    """PDF_UA is among the formats of "Save and Export Notebook As"."""
    _, formats = server("/api/nbconvert")
    assert "application/pdf" == json.loads(formats)["PDF_UA"]["output_mimetype"]


def test_the_server_gives_the_bytes_of_the_command_line(server, tmp_path):
    """The menu's download, its name and type included, is the file that nbconvert writes."""
    headers, data = server("/nbconvert/PDF_UA/features.ipynb?download=true")
    shutil.copy(FEATURES, tmp_path)
    command = [JUPYTER, "nbconvert", "--to", "PDF_UA", "features.ipynb"]
    subprocess.run(command, cwd=tmp_path, env=environment(tmp_path), check=True, capture_output=True)
    assert headers["Content-Type"].startswith("application/pdf")
    assert "features.pdf" in headers["Content-Disposition"]
    assert (tmp_path / "features.pdf").read_bytes() == data


def test_a_failed_export_says_why(server):
    """The page that the reader gets instead has the cell and the cure in one sentence."""
    with pytest.raises(urllib.error.HTTPError) as error:
        server("/nbconvert/PDF_UA/bad.ipynb?download=true")
    with error.value as answer:
        said = html.unescape(answer.read().decode())
    assert "cell 1 ('😀'): no font here has the character '😀'; write it in another way" in said
