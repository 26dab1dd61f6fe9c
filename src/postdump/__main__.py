# SPDX-License-Identifier: MIT
"""Run the command line as `python -m postdump`."""

import sys

from postdump.cli import main

if __name__ == "__main__":
    sys.exit(main())
