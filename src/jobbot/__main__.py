"""`python -m jobbot` and the `jobbot` program."""

import contextlib
import os
import sys
import threading

from jobbot.delivery.cli import root


def main() -> int:
    """Run the command and end, whatever a thread is still at.

    A thread in native code (an encoder being read, a search) lets Python's orderly end crash or wait. Nothing depends
    on that end: what was acknowledged is on the disk.
    """
    code = root.main()
    if all(thread is threading.current_thread() for thread in threading.enumerate()):
        return code
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    sys.exit(main())
