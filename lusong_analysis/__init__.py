"""Reports on the industry chains of Lusong District in which no number can be wrong silently."""
