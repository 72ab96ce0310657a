"""A half-typed form, kept as it is typed. Not a fact of any case: it becomes one, or is thrown away."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(eq=False, kw_only=True)
class Draft:
    """What stands in a form. `content` is what the form wrote and can read again; `parked_at` when it was put aside.

    `uid` becomes the uid of the record that is made of it, so that saving twice after a crash makes one record.
    """

    id: int | None = None
    uid: str
    centre_id: int
    form: str
    case_id: int | None = None
    user_id: int
    label: str = ""
    content: dict[str, Any] = field(default_factory=dict)
    saved_at: datetime
    parked_at: datetime | None = None
