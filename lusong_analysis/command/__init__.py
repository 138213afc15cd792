"""One module a command of ``lusong``, and what they share."""
