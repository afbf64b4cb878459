"""Data sets, made or parsed, on numpy alone."""
