"""Who makes what, in which order, and what becomes of the others when something fails."""

from concurrent.futures import Future
from pathlib import Path

from lusong_analysis.build.execute import Failure, Report, Task
from lusong_analysis.build.plan import Job
from lusong_analysis.build.workers import Batch, Crew, make_reports
from lusong_analysis.problem import Problem, Refused
from lusong_analysis.report.companions import Companions

WORKBOOK = Companions(Path("data"), "", "", "430203", whole=True, edition="2026-12", month="2026-12")


def task(name, *, closing=False):
    """A report to make."""
    return Task(Job(name, "zh"), '{"cells": []}', Path(), {}, closing=closing)


def made(batch, failing):
    """Make a batch where what is named fails: the order of what was begun, and what came of each."""
    begun = []

    def submit(asked):
        name = asked.job.notebook if isinstance(asked, Task) else "workbook"
        begun.append(name)
        future = Future()
        if name in failing:
            future.set_exception(failing[name])
        elif name == "workbook":
            future.set_result({"library.xlsx": b"x"})
        else:
            future.set_result(Report(asked.job, name.encode(), ()))
        return future

    return begun, [result for _, result in make_reports([batch], Crew(submit, 1))]


def test_a_report_that_tells_what_changed_is_made_after_the_others():
    """It is given all others, and the workbook is made beside them."""
    tasks = [task("00", closing=True), task("01"), task("02")]
    begun, results = made(Batch(tasks, "2026-12", more=[WORKBOOK]), {})
    assert {"01", "02", "workbook"} == set(begun[:3])
    assert "00" == begun[3]
    assert 4 == len(results)


def test_without_a_workbook_all_reports_are_made():
    """A workbook that cannot be made is told as what it is, and the reports are finished all the same."""
    tasks = [task("00", closing=True), task("01"), task("02")]
    too_long = Refused([Problem("sheet sources", "a text", "It is too long.", "Shorten it.")])
    for error, told in ((OSError("disk full"), "OSError: disk full"), (too_long, "sheet sources: found 'a text'")):
        begun, results = made(Batch(tasks, "2026-12", more=[WORKBOOK]), {"workbook": error})
        assert "00" == begun[-1]
        (failure,) = [result for result in results if isinstance(result, Failure)]
        assert failure.job is None
        assert str(failure).startswith("workbook and maps:\n")
        assert told in str(failure)


def test_without_a_report_none_tells_what_changed():
    """Where a report fails the others and the workbook are made, but not what rests on all of them."""
    tasks = [task("00", closing=True), task("01"), task("02")]
    begun, results = made(Batch(tasks, "2026-12", more=[WORKBOOK]), {"01": OSError("disk full")})
    assert {"01", "02", "workbook"} == set(begun)
    (failure,) = [result for result in results if isinstance(result, Failure)]
    assert Job("01", "zh") == failure.job
