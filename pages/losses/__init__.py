"""The tabs of the page Losses, one file each."""
