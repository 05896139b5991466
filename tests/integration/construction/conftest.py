"""The construction scripts import one another from build/, which is not a package."""

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[3] / "build"))
