r"""One format for all that a process logs, its libraries included: time, level, logger and message in one line.

Line breaks and other control characters (of a traceback, of what a visitor typed) are written as `\n`, `\x1b` and so
on: nothing that is logged can pass for another line. `sed 's/\\n/\n/g'` unfolds a traceback.
"""

from __future__ import annotations

import logging

FORMAT = "%(asctime)s %(levelname)s %(name)s %(message)s"  # .streamlit/config.toml says the same for what comes earlier
CONTROLS = {sign: repr(chr(sign))[1:-1] for sign in (*range(32), *range(127, 160), 0x2028, 0x2029)}


class OneLine(logging.Formatter):
    """`FORMAT` with milliseconds after a dot, and no control characters."""

    default_msec_format = "%s.%03d"

    def __init__(self) -> None:
        super().__init__(FORMAT)

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).translate(CONTROLS)


def log_to_console(*silent: str) -> None:
    """Every logger that there is writes to standard error in this format, and so do Python's warnings.

    Loggers with the names in `silent` say nothing.
    """
    console = logging.StreamHandler()
    console.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers = [console]
    for logger in list(logging.root.manager.loggerDict.values()):
        if isinstance(logger, logging.Logger):
            logger.handlers, logger.propagate = [], logger.name not in silent
    logging.getLogger("dlcore").setLevel(logging.INFO)  # each start, rest and end of a training is a line
    logging.captureWarnings(True)
