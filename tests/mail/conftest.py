"""What the tests of mail share."""

from __future__ import annotations

from hypothesis import settings

# The first example of a law pays for imports: a time limit for each would fail on slow machines.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
