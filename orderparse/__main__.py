"""``python -m orderparse`` is ``parse-mail``."""

import sys

from orderparse.cli import main

sys.exit(main())
