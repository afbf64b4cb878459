"""The tabs of the page Other models, a file each."""
