# SPDX-License-Identifier: MIT
"""`python -m postdump` is the command line."""

import sys

from postdump.cli import main

if __name__ == "__main__":
    sys.exit(main())
