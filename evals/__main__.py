import sys

from benchmarks.frame import main

import evals

sys.exit(main(evals))
