"""Reports in process: the outputs that a notebook would show, collected."""

from lusong_analysis.report import Report
from lusong_analysis.report.evidence import MIME

PARAMETERS = {"language": "zh", "as_of": "", "ref_area": "430203", "edition": "2026-11", "horizon": 2025}


class Collected:
    """A report and everything that it displayed."""

    def __init__(self, **parameters):
        self.outputs = []
        self.report = Report(**{**PARAMETERS, **parameters}, display=lambda *output: self.outputs.append(output))

    def markdown(self):
        """The Markdown outputs so far."""
        return [data["text/markdown"] for data, _ in self.outputs if "text/markdown" in data]

    def plain(self):
        """The plain text of all outputs so far."""
        return [data["text/plain"] for data, _ in self.outputs if "text/plain" in data]

    def evidence(self):
        """The record, after the appendix was printed."""
        self.report.sources()
        return self.outputs[-1][0][MIME]
