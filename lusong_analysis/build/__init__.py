"""Many notebooks become one edition: planned, checked, run side by side, and published in one move."""
