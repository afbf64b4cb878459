"""Many students at once, on the server's own websocket protocol: `python -m tests.load`, or `make load`."""
