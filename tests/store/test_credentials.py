"""Passwords are kept as hashes that take their time."""

from mediation_desk.store.credentials import hasher
from tests.desk import NOW, Desk


def test_a_hash_costs_a_stranger_three_passes_over_64_megabytes() -> None:
    assert hasher().hash(b"Juniper-42").startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_equal_passwords_have_different_hashes(desk: Desk) -> None:
    secrets = set()
    for _ in range(2):
        with desk.database.writing() as records:
            records.credentials.keep(1, "Juniper-42", now=NOW, must_change=False, earlier=4)
        secrets |= {row.secret for row in desk.contents()["credentials"]}
    assert len(secrets) == 2
