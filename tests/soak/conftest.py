"""The soak tests use the benchmark's invented newsroom, which stands beside the tests."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
