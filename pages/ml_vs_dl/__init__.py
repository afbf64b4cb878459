"""The tabs of the page Machine learning vs deep learning."""
