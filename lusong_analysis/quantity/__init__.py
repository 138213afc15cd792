"""What a number is: its value, all that may be true, its unit, and how it reads in two languages."""

from lusong_analysis.quantity.error import QuantityError
from lusong_analysis.quantity.interval import Interval
from lusong_analysis.quantity.measure import measure
from lusong_analysis.quantity.period import Period
from lusong_analysis.quantity.quantity import Quantity, Subject

__all__ = ["Interval", "Period", "Quantity", "QuantityError", "Subject", "measure"]
