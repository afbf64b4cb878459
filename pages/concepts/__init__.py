"""The tabs of the page Concepts, one file each."""
