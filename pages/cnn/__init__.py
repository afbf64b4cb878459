"""The tabs of the page CNN, one file each."""
