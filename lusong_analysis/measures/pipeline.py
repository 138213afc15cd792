"""How projects move through their stages."""

from __future__ import annotations

from typing import Any

from lusong_analysis.quantity.measure import measure


@measure(in_progress="A", completed="A", period="length", gives="年", same=("kind", "ref_area", "counterpart"))
def time_in_pipe(in_progress: Any, completed: Any, period: Any) -> Any:
    """The average time a project stays in the pipe, if starts and completions are steady [年].

    References
    ----------
    J. D. C. Little, A proof for the queuing formula L = λW, Operations Research 9 (1961), doi:10.1287/opre.9.3.383.
    """
    return in_progress / completed * period
