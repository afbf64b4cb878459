"""The tabs of the page PR curve; `trained.py` is what three of them share."""
