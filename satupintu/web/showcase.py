"""What the living component page shows; invented, and plainly so."""

from typing import Any


def content() -> dict[str, Any]:
    """The context of `web/components.html`."""
    return {}
