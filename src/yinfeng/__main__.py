"""`python -m yinfeng` is the `yinfeng` command."""

import sys

from yinfeng.cli import main

sys.exit(main())
