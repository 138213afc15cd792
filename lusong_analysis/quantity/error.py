"""The error of a question that quantities cannot answer."""

from lusong_analysis.box import Boxed


class QuantityError(Boxed):
    """Quantities that do not go together, or a formula that cannot be bounded; the message names the operand."""

    kind = "the figures do not allow what is asked of them"
