"""Where else a case was entered by hand, and the number it has there."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(eq=False, kw_only=True)
class UpstreamEntry:
    """`system` is a key of the pack of upstream forms; the last entry of a system counts."""

    system: str
    number: str
    entered_on: date
    note: str = ""
    by_id: int
    recorded_at: datetime
