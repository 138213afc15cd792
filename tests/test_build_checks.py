"""What is refused before a kernel starts, beyond data and texts."""

import pytest

from conftest import ROOT
from folders import change, copy
from lusong_analysis.build.checks import check
from lusong_analysis.build.plan import find_notebooks

CORRECTION = "newmat-firms-named-exact"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ({"date": "2027-11-25"}, "column date: found '2027-11-25'. It is later than the edition"),
        ({"reason_zh": "报纸点名四家"}, "column reason_zh: found '四家'. A reason is printed"),
        ({"reason_en": "the newspaper names four firms"}, "column reason_en: found 'four'. A reason is printed"),
    ],
)
def test_a_correction_of_the_future_or_with_a_number_in_its_reason_is_refused(tmp_path, cells, words):
    """A mistyped year would count at once, and a number in a printed reason would have no evidence."""
    folder = copy(tmp_path)
    change(folder, "corrections", CORRECTION, **cells)
    _, problems = check(folder, find_notebooks(ROOT))
    (problem,) = map(str, problems)
    assert f"{CORRECTION}, {words}" in problem


def test_the_data_and_notebooks_of_the_project_are_good():
    """Nothing is wrong with what lies in git."""
    counts, problems = check(ROOT / "data", find_notebooks(ROOT))
    assert [] == problems
    assert {"statement", "source", "notebook"} == set(counts)
