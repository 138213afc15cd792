"""The nbconvert exporter PDF_UA: on the command line, and in JupyterLab's menu "Save and Export Notebook As"."""

from __future__ import annotations

import re
from importlib.resources import files
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter
from traitlets import Bool, List, Unicode, default

from lusong_analysis.pdf.document import Facts, stated, write
from lusong_analysis.pdf.draft import Draft, ExportError
from lusong_analysis.pdf.press import families, typeset

__all__ = ["ExportError", "PDFUAExporter"]

UNSETTLED = (
    "the document: its pages came out otherwise each time they were set, so numbers of pages that it prints may be "
    "wrong; in the template, a value labelled <settle> must not change the pages that it is taken from"
)
RESOURCE = re.compile(r"\w+(?:\.\w+)*:[\w-]+\.typ")


class PDFUAExporter(Exporter):
    """A notebook as an accessible PDF: PDF/UA-1 and PDF/A-3a in one file, the same bytes for the same notebook.

    What the traits do not say is taken from the last output metadata that holds it; the title else from the notebook's
    metadata, its first heading of level 1, its file name. A template may be named there as "package:file.typ", a file
    of an installed package, so that every way to the PDF gives the same look.
    """

    export_from_notebook = "PDF/UA"
    output_mimetype = "application/pdf"
    # those of nbconvert's own list that mean something here
    default_preprocessors = List(
        [
            "nbconvert.preprocessors.TagRemovePreprocessor",
            "nbconvert.preprocessors.RegexRemovePreprocessor",
            "nbconvert.preprocessors.ClearOutputPreprocessor",
            "nbconvert.preprocessors.CoalesceStreamsPreprocessor",
            "nbconvert.preprocessors.ExecutePreprocessor",
        ]
    )

    strict = Bool(
        False, help="A missing alternative text, a link to nowhere or pages that do not settle are an error."
    ).tag(config=True)
    show_input = Bool(False, help="Print the code.").tag(config=True)
    template_file = Unicode("", help="A Typst file that goes before page.typ.").tag(config=True)
    language = Unicode("", help="Language of the document, as zh or en-GB.").tag(config=True)
    title = Unicode("", help="Title of the document.").tag(config=True)
    date = Unicode("", help="Day of the document, as 2026-11-01.").tag(config=True)

    @default("optimistic_validation")
    def _optimistic_validation_default(self) -> bool:
        # Else the notebook is validated after each preprocessor, switched off or not; nbconvert fails where none is.
        return bool(self._preprocessors)

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    def from_notebook_node(  # type: ignore[override]  # as in nbconvert's own exporters, the base class returns a notebook
        self, nb: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """The PDF of a notebook.

        Parameters
        ----------
        nb : NotebookNode
            The notebook, format 4.
        resources : dict, optional
            nbconvert's resources; the metadata's name and path are used.
        **kw
            Ignored.

        Returns
        -------
        tuple
            The PDF's bytes and the resources.

        Raises
        ------
        ExportError
            In one line, with the cells that cannot be printed and what to do.
        """
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources["metadata"]
        said = stated(notebook)
        draft = Draft(
            language=self.language or said.language or "en",
            strict=self.strict,
            families=families(),
            folder=str(about.get("path") or ""),
        )
        facts = Facts(draft.language, self.title or said.title, self.date or said.date, subject=said.subject)
        template = self.template(said.template)
        manuscript = write(
            notebook, draft, facts, str(about.get("name") or "Notebook"), self.show_input, bool(template)
        )
        for warning in draft.warnings:
            self.log.warning(warning)
        pdf, settled = typeset(manuscript, template)
        if not settled:
            if self.strict:
                raise ExportError([UNSETTLED])
            self.log.warning(UNSETTLED)
        return pdf, resources

    def template(self, stated: str) -> str:
        """Source of the template, or an empty string for the plain page.

        Parameters
        ----------
        stated : str
            The template that the notebook's outputs name, where the trait names none.

        Raises
        ------
        ExportError
            If it is not there.
        """
        if not self.template_file:
            return resource(stated) if stated else ""
        file = Path(self.template_file)
        if not file.is_file():
            msg = f"the template {self.template_file!r} is not there; give template_file the path of a .typ file"
            raise ExportError([msg])
        return file.read_text("utf-8")


def resource(name: str) -> str:
    """Text of a Typst file that an installed package holds; no code of the package is run.

    Parameters
    ----------
    name : str
        Package and file, as "package.part:file.typ".

    Raises
    ------
    ExportError
        If there is no such file.
    """
    package, _, file = name.partition(":")
    try:
        found = find_spec(package) if RESOURCE.fullmatch(name) else None
        if found is not None:
            return files(module_from_spec(found)).joinpath(file).read_text("utf-8")
    except (ImportError, OSError, TypeError):  # a parent that is not there, no such file, a module without files
        pass
    msg = f"the template {name!r} is not there; install the package it belongs to, or give template_file a .typ file"
    raise ExportError([msg])
