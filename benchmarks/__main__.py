import sys

import benchmarks
from benchmarks.frame import main

sys.exit(main(benchmarks))
