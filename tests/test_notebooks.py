"""The notebooks as their readers use them: plain papermill and nbconvert, and JupyterLab in a real browser."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from lusong_analysis.pdf.read import read, squeeze
from lusong_analysis.verify import verify

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
LANGUAGES = ("zh", "en")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)


def printed(data):
    """The tagged text of a PDF without white space."""
    return squeeze("".join(piece.text for piece in read(data).pieces))


def program(name):
    """A program of this environment."""
    return str(Path(sys.executable).with_name(name))


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_in_git_has_no_outputs(notebook):
    """Neither outputs nor counts of a run are committed."""
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    assert [] == [cell for cell in cells if cell.get("outputs") or cell.get("execution_count")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_papermill_and_nbconvert_print_the_same(language, pdfs, tmp_path):
    """Papermill from any folder, then nbconvert, give a PDF with the text of the edition, and it verifies."""
    out = tmp_path / "out.ipynb"
    notebook = next(path for path in NOTEBOOKS if path.stem == "01_apparel")
    quiet = {**os.environ, "PYTHONWARNINGS": "ignore"}
    run = [program("papermill"), str(notebook), str(out), "-p", "language", language, "--no-progress-bar"]
    subprocess.run(run, cwd=tmp_path, env=quiet, check=True, capture_output=True)
    convert = [program("jupyter"), "nbconvert", "--to", "PDF_UA", str(out)]
    subprocess.run(convert, cwd=tmp_path, env=quiet, check=True, capture_output=True)
    data = out.with_suffix(".pdf").read_bytes()
    assert printed(pdfs[language]) == printed(data)
    assert [] == verify(data).problems


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab over the notebooks, one copy for each language; its address."""
    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(NOTEBOOKS[0].parents[1] / "data", folder / "data")
    for path in NOTEBOOKS:
        for language in LANGUAGES:
            notebook = json.loads(path.read_text("utf-8"))
            for cell in notebook["cells"]:
                if "parameters" in cell["metadata"].get("tags", ()):
                    source = "".join(cell["source"])
                    cell["source"] = re.sub('^language: str = "zh"', f'language: str = "{language}"', source)
            (folder / language).mkdir(exist_ok=True)
            (folder / language / path.name).write_text(json.dumps(notebook), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        "--ServerApp.ip=127.0.0.1",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.token=test",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.workspaces_dir={folder / 'workspaces'}",
        f"--LabApp.user_settings_dir={folder / 'settings'}",
        "--LabApp.news_url=",
    ]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen([program("jupyter"), "lab", *options], cwd=folder, stdout=log, stderr=log)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api/status?token=test", server)
            yield f"http://127.0.0.1:{port}/lab/workspaces/{{workspace}}/tree/{{path}}?token=test"
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address, server):
    for _ in range(240):
        assert server.poll() is None, "the server ended"
        try:
            with urllib.request.urlopen(address):
                return
        except urllib.error.URLError:
            time.sleep(0.25)
    pytest.fail("JupyterLab did not answer")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here; Debian: apt install chromium")
@pytest.mark.parametrize("language", LANGUAGES)
def test_run_all_in_jupyterlab(language, lab, pdfs):
    """Run All works; a figure's hover quotes its source, its link jumps to the appendix, the menu exports the PDF."""
    from playwright.sync_api import sync_playwright

    figure = {"zh": "超过808亿元", "en": "over 80.8 billion yuan"}[language]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(90_000)
        page.goto(lab.format(workspace=language, path=f"{language}/01_apparel.ipynb"))
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        # before its kernel has answered, a notebook takes a command to run and forgets it
        page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.locator(".lm-MenuBar-item").filter(has_text="Run").click()
        page.locator(".lm-Menu-itemLabel").filter(has_text="Run All Cells").first.click()
        page.locator("code").filter(has_text=re.compile("^[0-9a-f]{64}$")).wait_for()

        link = page.locator("a", has_text=figure.replace(" billion yuan", "")).first
        assert "服饰产业技工贸收入超过808亿元" in link.get_attribute("title")
        entry = page.locator("a#E1")
        link.scroll_into_view_if_needed()
        link.click()
        page.wait_for_function(
            "element => { const top = element.getBoundingClientRect().top; return top > 0 && top < innerHeight }",
            arg=entry.element_handle(),
        )

        page.locator(".lm-MenuBar-item").filter(has_text="File").click()
        page.get_by_text("Save and Export Notebook As").hover()
        with page.expect_download() as download:
            page.locator(".lm-Menu-itemLabel").filter(has_text="PDF_UA").click()
        data = Path(download.value.path()).read_bytes()
        browser.close()
    assert printed(pdfs[language]) == printed(data)
    assert [] == verify(data).problems
