"""Pure formulas, one expression each, cited."""
