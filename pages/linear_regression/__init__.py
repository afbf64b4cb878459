"""The tabs of the page Linear regression, one file each."""
