"""The notebooks as their readers use them: plain papermill and nbconvert, and JupyterLab in a real browser."""

import contextlib
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

import nbformat
import pytest

from lusong_analysis.pdf.read import read, squeeze
from lusong_analysis.verify import verify

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))
LANGUAGES = ("zh", "en")
QUIET = {**os.environ, "PYTHONWARNINGS": "ignore"}
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
NO_CHROMIUM = "no Chromium here; Debian: apt install chromium"
# What a figure shows under the mouse: a statement, and what was computed.
HOVERS = {
    "zh": {
        "超过808亿元": "读作 (808, ∞)亿元；株洲日报（2020年10月）：“服饰产业技工贸收入超过808亿元”",
        "低于3.7%": "读作 (−∞, 3.61711)%；株洲日报（2020年10月）；红网（2016年9月21日）；本报告计算",
    },
    "en": {
        "over 80.8": "taken as (80.8, ∞) billion yuan; Zhuzhou Daily (October 2020): “服饰产业技工贸收入超过808亿元”",
        "under 3.7%": "taken as (−∞, 3.61711)% a year; Zhuzhou Daily (October 2020); Rednet (21 September 2016); "
        "own computation",
    },
}


def printed(data):
    """The tagged text of a PDF without white space."""
    return squeeze("".join(piece.text for piece in read(data).pieces))


def program(name):
    """A program of this environment."""
    return str(Path(sys.executable).with_name(name))


def converted(notebook):
    """What `jupyter nbconvert` makes of a notebook file, beside it."""
    command = [program("jupyter"), "nbconvert", "--to", "PDF_UA", notebook.name]
    subprocess.run(command, cwd=notebook.parent, env=QUIET, check=True, capture_output=True)
    return notebook.with_suffix(".pdf").read_bytes()


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
    run = [program("papermill"), str(notebook), str(out), "-p", "language", language, "--no-progress-bar"]
    subprocess.run(run, cwd=tmp_path, env=QUIET, check=True, capture_output=True)
    data = converted(out)
    assert printed(pdfs[language]) == printed(data)
    assert [] == verify(data).problems


# A notebook of somebody who tries things out: a bare figure, and a name with a slip of the finger.
TRIED = (
    "from lusong_analysis.report import Report",
    "report = Report(language='en', as_of='', ref_area='430203', edition='2026-11', horizon=2025)",
    "revenue = report.figure('technology_industry_trade_revenue', time_period='2019')\nrevenue",
    "year = '2019'\nreport.figure('technolgy_industry_trade_revenue', time_period=year)",
)


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab over the notebooks, one copy for each language, and tried.ipynb; its folder and address."""
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
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}}
    cells = [nbformat.v4.new_code_cell(source) for source in TRIED]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / "tried.ipynb")
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
            yield folder, f"http://127.0.0.1:{port}/lab/workspaces/{{workspace}}/tree/{{path}}?token=test"
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


@contextlib.contextmanager
def run_all(lab, workspace, path):
    """The page of a notebook in JupyterLab after Run All was chosen."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS.split())
        page = browser.new_page(viewport={"width": 1400, "height": 900})
        page.set_default_timeout(90_000)
        page.goto(lab[1].format(workspace=workspace, path=path))
        page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
        # before its kernel has answered, a notebook takes a command to run and forgets it
        page.locator("#jp-main-statusbar").get_by_text("Python 3 (ipykernel) | Idle").wait_for()
        page.locator(".lm-MenuBar-item").filter(has_text="Run").click()
        page.locator(".lm-Menu-itemLabel").filter(has_text="Run All Cells").first.click()
        yield page
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)
@pytest.mark.parametrize("language", LANGUAGES)
def test_run_all_in_jupyterlab(language, lab, pdfs):
    """Run All works; hovers say bound, source and words; links jump to the appendix; the menu exports the PDF."""
    with run_all(lab, language, f"{language}/01_apparel.ipynb") as page:
        page.locator("code").filter(has_text=re.compile("^[0-9a-f]{64}$")).wait_for()
        for figure, title in HOVERS[language].items():
            link = page.locator("a", has_text=figure).first
            link.hover()
            assert title == link.get_attribute("title")
        link = page.locator("a", has_text=next(iter(HOVERS[language]))).first
        link.click()
        page.wait_for_function(
            "element => { const top = element.getBoundingClientRect().top; return top > 0 && top < innerHeight }",
            arg=page.locator("a#E1").element_handle(),
        )

        page.locator(".lm-MenuBar-item").filter(has_text="File").click()
        page.get_by_text("Save and Export Notebook As").hover()
        with page.expect_download() as download:
            page.locator(".lm-Menu-itemLabel").filter(has_text="PDF_UA").click()
        data = Path(download.value.path()).read_bytes()
    assert converted(lab[0] / language / "01_apparel.ipynb") == data
    assert printed(pdfs[language]) == printed(data)
    assert [] == verify(data).problems


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason=NO_CHROMIUM)
def test_figures_and_errors_in_jupyterlab(lab):
    """A bare figure shows as a table with both languages; a wrong name as a short box with the line and the cure."""
    with run_all(lab, "tried", "tried.ipynb") as page:
        shown = page.locator(".jp-OutputArea-executeResult table").inner_text().replace("\u00a0", " ")
        assert ["超过808亿元 · over 80.8 billion yuan", "读作 taken as\t(808, ∞)亿元"] == shown.splitlines()[:2]
        assert "来自 from\tapparel-revenue-2019" == shown.splitlines()[-1]
        error = page.locator(".jp-OutputArea-output pre", has_text="Refused").inner_text().splitlines()
    assert len(error) <= 10
    assert ["│ Cell In[4], line 2", f"│     {TRIED[3].splitlines()[1]}"] == error[1:3]
    assert "Did you mean 'technology_industry_trade_revenue'?" in re.sub(r"\s*│\s*", " ", " ".join(error))
