"""One torch thread for each test process, as in a worker: with more, small networks train many times slower."""

import os

os.environ["OMP_NUM_THREADS"] = "1"
