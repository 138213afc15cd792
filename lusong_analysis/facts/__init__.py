"""What the sources say: statements with their sources, opened, checked, and asked as of a day."""
