"""How concentrated a market is."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.measure import measure


@measure(share="%", rest_in_one_hand="1", gives="点")
def herfindahl(share: Any, rest_in_one_hand: Any) -> Any:
    """Herfindahl–Hirschman index when one firm's share is known and the rest is in few or many hands [点].

    ``rest_in_one_hand`` runs from 0 (nobody else is large) to 1 (one other firm has all the rest).

    References
    ----------
    US Department of Justice and Federal Trade Commission, Merger Guidelines (2023), guideline 1, footnote: the index
    is the sum of the squares of the firms' shares.

    Raises
    ------
    QuantityError
        The share may be below one half: there the index is not monotone in it.
    """
    if share < Fraction(1, 2):
        msg = f"herfindahl: a share of {float(share):.3f} is below one half, where the index does not rise with it"
        raise QuantityError(msg)
    return share**2 + rest_in_one_hand * (1 - share) ** 2
