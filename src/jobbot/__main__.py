"""`python -m jobbot` and the `jobbot` program."""

import sys

from jobbot.delivery.cli.root import main

if __name__ == "__main__":
    sys.exit(main())
