"""Looking at printed pages."""

from __future__ import annotations

import re


def pages(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(re.findall(rb"/Type\s*/Page[^s]", pdf))
