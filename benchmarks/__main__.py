"""Measure everything and write docs/performance.md: python -m benchmarks."""

from __future__ import annotations

import argparse
import json
import os
import sys

from benchmarks import areas, edition
from benchmarks.page import page
from benchmarks.project import ROOT, machine

if __name__ == "__main__":
    asked = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    asked.add_argument("--rounds", type=int, default=3, help="how often the whole edition is built each way")
    asked.add_argument("--areas", type=int, default=100, help="how many areas the made-up package has")
    options = asked.parse_args()
    found = edition.measure(options.rounds), areas.measure(options.areas)
    print(json.dumps(found, indent=1), file=sys.stderr)
    text = page(*found, machine(), len(os.sched_getaffinity(0)))
    (ROOT / "docs" / "performance.md").write_text(text, encoding="utf-8")
