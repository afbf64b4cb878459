"""What runs in the browser: each component is a .py that mounts it and the .js and .css that it mounts."""
