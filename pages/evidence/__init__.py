"""The tabs of the page Evidence."""
