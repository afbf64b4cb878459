"""`make bench`: ratios of numbers.md, measured side by side in alternating rounds; not part of the test suite."""
