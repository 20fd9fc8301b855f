"""Measurements of speed and accuracy; no part of the package that users install."""
