"""Closed-form functions with their sources, on numpy and scipy alone."""
