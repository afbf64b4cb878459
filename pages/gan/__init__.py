"""The tabs of the page GAN, one file each."""
