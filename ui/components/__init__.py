"""What runs in the browser: each component is a .py that mounts scripts of `browser/`."""
