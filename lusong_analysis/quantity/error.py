"""The error of a question that quantities cannot answer."""


class QuantityError(ValueError):
    """Quantities that do not go together, or a formula that cannot be bounded; the message names the operand."""
