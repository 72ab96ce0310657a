"""Names for records that hold everywhere: UUIDv7, which sort by the time they were made."""

from datetime import datetime
from uuid import UUID


def uuid7(at: datetime, chance: bytes) -> str:
    """RFC 9562 version 7 from a moment (milliseconds count) and ten random bytes."""
    stamp = int(at.timestamp() * 1000).to_bytes(6, "big")
    octets = bytearray(stamp + chance[:10])
    octets[6] = octets[6] & 0x0F | 0x70
    octets[8] = octets[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(octets)))
