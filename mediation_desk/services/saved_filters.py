"""Filters of the list of cases, kept under names. Everybody keeps their own."""

from collections.abc import Mapping
from typing import Any

from mediation_desk.domain.errors import NotFound, refuse_unless
from mediation_desk.services.act import Act
from mediation_desk.store.records import Records
from mediation_desk.store.saved_filter import SavedFilter

MOST_CHARACTERS = 40


def save_filter(records: Records, act: Act, uid: str, name: str, content: Mapping[str, Any]) -> SavedFilter:
    """Keep conditions under a name, in place of those that the user kept under it before."""
    name = _checked(name)
    kept = records.filters.named(act.by_id, name)
    if kept is None:
        kept = SavedFilter(uid=uid, centre_id=act.centre_id, user_id=act.by_id, name=name, saved_at=act.at)
        records.filters.add(kept)
    kept.content, kept.saved_at = dict(content), act.at
    records.flush()
    return kept


def rename_filter(records: Records, act: Act, name: str, new_name: str) -> None:
    """Call a filter of the user by another name, which no other of theirs may have."""
    new_name, kept = _checked(new_name), _find(records, act, name)
    taken = new_name != name and records.filters.named(act.by_id, new_name)
    refuse_unless(not taken, f"已有名为“{new_name}”的常用条件。请另起一个名字，或先删除那一组。", "saved_filter")
    kept.name = new_name
    records.flush()


def drop_filter(records: Records, act: Act, name: str) -> None:
    records.filters.drop(_find(records, act, name))
    records.flush()


def _find(records: Records, act: Act, name: str) -> SavedFilter:
    kept = records.filters.named(act.by_id, name)
    if kept is None:
        raise NotFound(f"没有名为“{name}”的常用条件。请先从列表中选一组。")
    return kept


def _checked(name: str) -> str:
    name = name.strip()
    refuse_unless(name, "请先为这组条件起个名字。", "saved_filter")
    refuse_unless(len(name) <= MOST_CHARACTERS, f"名字请不超过{MOST_CHARACTERS}个字。", "saved_filter")
    return name
