import sys

import evals
from benchmarks.frame import main

sys.exit(main(evals))
