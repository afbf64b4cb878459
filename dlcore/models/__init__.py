"""Networks as torch sees them, without data, loss or optimiser."""
