"""A filter of the list of cases that a user keeps under a name."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(eq=False, kw_only=True)
class SavedFilter:
    id: int | None = None
    uid: str
    centre_id: int
    user_id: int
    name: str
    content: dict[str, Any] = field(default_factory=dict)
    saved_at: datetime
