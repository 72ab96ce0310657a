from datetime import datetime

import pytest

from mediation_desk.domain.audit import (
    FIRST_HASH,
    AuditEntry,
    canonical,
    changes_digest,
    entry_hash,
    row_digest,
)

AT = datetime(2026, 11, 23, 9, 30)


def an_entry(**facts: object) -> AuditEntry:
    told: dict[str, object] = {
        "no": 1,
        "kind": "change",
        "at": AT,
        "by_id": 1,
        "origin": "窗口一",
        "what": "take_in",
        "told": "",
        "case_id": 7,
        "digest": changes_digest("[]"),
        "changes": "[]",
        "hash": "",
    }
    return AuditEntry(**told | facts)  # type: ignore[arg-type]  # any field


def test_equal_rows_have_one_digest_whatever_the_order_of_their_columns() -> None:
    assert row_digest({"name": "张三", "no": 1}) == row_digest({"no": 1, "name": "张三"})
    assert len(row_digest({})) == 32


@pytest.mark.parametrize(
    "other", [{"no": 1}, {"no": "1", "name": None}, {"no": 1, "name": ""}, {"no": 1, "name": "𠮷"}]
)
def test_different_rows_have_different_digests(other: dict[str, object]) -> None:
    assert row_digest(other) != row_digest({"no": 1, "name": None})


def test_canonical_json_has_one_shape() -> None:
    assert canonical({"b": [1, "二"], "a": None}) == '{"a":null,"b":[1,"二"]}'


@pytest.mark.parametrize(
    "facts",
    [
        {"no": 2},
        {"kind": "view"},
        {"at": datetime(2026, 11, 23, 9, 31)},
        {"at": None},
        {"by_id": 2},
        {"origin": "窗口二"},
        {"what": "triage"},
        {"told": "案件"},
        {"case_id": None},
        {"digest": changes_digest("")},
    ],
)
def test_the_hash_of_an_entry_follows_from_all_it_says(facts: dict[str, object]) -> None:
    assert an_entry(**facts).hash_after(FIRST_HASH) != an_entry().hash_after(FIRST_HASH)


def test_the_hash_of_an_entry_follows_from_the_one_before() -> None:
    assert an_entry().hash_after(FIRST_HASH) != an_entry().hash_after("1" * 64)
    assert an_entry().hash_after(FIRST_HASH) == an_entry(changes=None, hash="x").hash_after(FIRST_HASH)


def test_parts_of_a_hash_cannot_flow_into_each_other() -> None:
    assert entry_hash("", "ab", "c") != entry_hash("", "a", "bc")
