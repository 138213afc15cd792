"""Measure everything and write docs/performance.md: python -m benchmarks."""

from __future__ import annotations

import json
import os
import sys

from benchmarks import areas, edition
from benchmarks.page import page
from benchmarks.project import ROOT, machine

if __name__ == "__main__":
    found = edition.measure(), areas.measure()
    print(json.dumps(found, indent=1), file=sys.stderr)
    text = page(*found, machine(), len(os.sched_getaffinity(0)))
    (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
