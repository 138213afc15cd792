"""Names of editions."""

import pytest

from lusong_analysis.naming import previous_edition

NAMES = ("2025-12", "2026-02", "2026-11", "2026-11-430202", "as-of-2020-10-31", "notes")


@pytest.mark.parametrize(
    ("edition", "previous"),
    [
        ("2026-12", "2026-11"),
        ("2026-11", "2026-02"),
        ("2026-01", "2025-12"),
        ("2025-12", ""),
        ("2026-12-430202", "2026-11-430202"),
        ("2026-11-430202", ""),
        ("as-of-2020-10-31", ""),
    ],
)
def test_the_edition_before_is_the_last_earlier_month_of_the_same_area(edition, previous):
    """Across a year's end too; an edition as of a day has none, and other folders are none."""
    assert previous == previous_edition(edition, NAMES)
