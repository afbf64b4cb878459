"""The tabs of the page Backpropagation, one file each."""
