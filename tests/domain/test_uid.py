"""Uids sort by the time they were made and keep to RFC 9562."""

from datetime import datetime, timedelta
from uuid import RFC_4122, UUID

from mediation_desk.domain.uid import uuid7

AT = datetime(2026, 11, 23, 9, 30)


def test_a_uid_is_of_version_7_and_tells_its_millisecond() -> None:
    made = UUID(uuid7(AT, bytes(range(10))))
    assert (made.version, made.variant) == (7, RFC_4122)
    assert int.from_bytes(made.bytes[:6], "big") == int(AT.timestamp() * 1000)


def test_uids_sort_by_time_whatever_chance_says() -> None:
    assert uuid7(AT, b"\xff" * 10) < uuid7(AT + timedelta(milliseconds=1), b"\x00" * 10)


def test_chance_tells_apart_what_was_made_at_once() -> None:
    assert uuid7(AT, b"\x00" * 10) != uuid7(AT, b"\x00" * 9 + b"\x01")
