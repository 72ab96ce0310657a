"""What stands in a key file: one raw key, wrapped once for each user's password and once for the recovery words.

Each slot holds the same key of 32 bytes under AES-256-GCM. What it is wrapped with is made by argon2id (RFC 9106) from
a password or from the secret of the words; the slot's owner and the store stand in the associated data, so that no slot
can be passed off as another. Passwords and words are in it in no form.

Salts and nonces come from the operating system here: chance that a caller could choose would be none.
"""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

KEY_BYTES = 32
SHEET = ""
"""Owner of the slot that the recovery words open; users have uids."""

_FORMAT = 1
_SALT_BYTES, _NONCE_BYTES, _IDENTITY_BYTES = 16, 12, 16


class Costs(NamedTuple):
    """What deriving a key from a password costs: passes, KiB of memory, lanes."""

    time: int = 3
    memory: int = 64 * 1024
    lanes: int = 4


_MOST = Costs(time=20, memory=1024 * 1024, lanes=16)
"""A key file that asks for more is damaged, or made to hang the PC."""


class Damaged(Exception):
    """What was read is not the content of a key file."""


class TooNew(Exception):
    """A newer release wrote this key file."""


@dataclass(frozen=True)
class Slot:
    """The key, wrapped for one owner: a user's uid, or `SHEET`. Failures are those since the last success."""

    owner: str
    name: str
    salt: bytes
    nonce: bytes
    wrapped: bytes
    failures: int = 0
    failed_at: datetime | None = None


@dataclass(frozen=True)
class Keys:
    """All of a key file. `store` names the store and its key, by chance.

    `announced` are keys that the store may have got since the slots were written, each wrapped with one before it:
    whoever has the key of a slot has those too.
    """

    store: str
    costs: Costs
    slots: tuple[Slot, ...] = ()
    announced: tuple[tuple[bytes, bytes], ...] = ()

    def slot(self, owner: str) -> Slot | None:
        return next((slot for slot in self.slots if slot.owner == owner), None)

    def without(self, owner: str) -> "Keys":
        return replace(self, slots=tuple(slot for slot in self.slots if slot.owner != owner))

    def with_slot(self, slot: Slot) -> "Keys":
        """The same with this slot in place of its owner's, if there was one."""
        return replace(self, slots=(*self.without(slot.owner).slots, slot))

    def lock_up(self, key: bytes, owner: str, name: str, secret: bytes) -> "Keys":
        """The same with `key` in a fresh slot that `secret` opens."""
        salt = os.urandom(_SALT_BYTES)
        nonce, wrapped = _wrapped(key, _derived(self.costs, secret, salt), self._told(owner))
        return self.with_slot(Slot(owner, name, salt, nonce, wrapped))

    def opened(self, slot: Slot, secret: bytes) -> bytes | None:
        """The key in a slot; None if `secret` is not the right one."""
        return _unwrapped(slot.nonce, slot.wrapped, _derived(self.costs, secret, slot.salt), self._told(slot.owner))

    def announce(self, old: bytes, new: bytes) -> "Keys":
        return replace(self, announced=(*self.announced, _wrapped(new, old, self._told("announced"))))

    def candidates(self, key: bytes) -> list[bytes]:
        """The key of a slot and those that were announced to who has it, the latest first."""
        known = [key]
        for nonce, wrapped in self.announced:
            found = [_unwrapped(nonce, wrapped, each, self._told("announced")) for each in known]
            known[:0] = [each for each in found if each is not None]
        return known

    def _told(self, what: str) -> bytes:
        return f"mediation-desk {_FORMAT} {self.store} {what}".encode()


def no_keys(costs: Costs) -> Keys:
    """Keys of a store that has none yet."""
    return Keys(os.urandom(_IDENTITY_BYTES).hex(), costs)


# ---- wrapping; the libraries take 15 ms to load, and a store without a key has no need of them


def _derived(costs: Costs, secret: bytes, salt: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(secret, salt, *costs, hash_len=KEY_BYTES, type=Type.ID)


def _wrapped(key: bytes, wrapping: bytes, told: bytes) -> tuple[bytes, bytes]:
    """A nonce, and `key` wrapped with it and `wrapping`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(_NONCE_BYTES)
    return nonce, AESGCM(wrapping).encrypt(nonce, key, told)


def _unwrapped(nonce: bytes, wrapped: bytes, wrapping: bytes, told: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(wrapping).decrypt(nonce, wrapped, told)
    except InvalidTag:
        return None


# ---- as they are kept


def as_json(keys: Keys) -> bytes:
    content = {
        "store": keys.store,
        "costs": list(keys.costs),
        "slots": [_plain(slot) for slot in keys.slots],
        "announced": [[_text(nonce), _text(wrapped)] for nonce, wrapped in keys.announced],
    }
    return json.dumps({"format": _FORMAT, "sum": _sum(content), "keys": content}, ensure_ascii=False, indent=1).encode()


def from_json(text: bytes) -> Keys:
    """Raises `Damaged`, if a single bit is another, or `TooNew`."""
    try:
        whole = json.loads(text)
        if whole["format"] > _FORMAT:
            raise TooNew
        if whole["sum"] != _sum(whole["keys"]):
            raise Damaged
        return _keys_of(whole["keys"])
    except (ValueError, LookupError, TypeError) as error:
        raise Damaged from error


def _keys_of(content: Mapping[str, Any]) -> Keys:
    time, memory, lanes = content["costs"]
    costs = Costs(int(time), int(memory), int(lanes))
    if not all(0 < each <= most for each, most in zip(costs, _MOST, strict=True)):
        raise Damaged
    slots = tuple(
        Slot(
            owner=str(each["owner"]),
            name=str(each["name"]),
            salt=_bytes(each["salt"]),
            nonce=_bytes(each["nonce"]),
            wrapped=_bytes(each["wrapped"]),
            failures=int(each["failures"]),
            failed_at=datetime.fromisoformat(each["failed_at"]) if each["failed_at"] else None,
        )
        for each in content["slots"]
    )
    announced = tuple((_bytes(nonce), _bytes(wrapped)) for nonce, wrapped in content["announced"])
    return Keys(str(content["store"]), costs, slots, announced)


def _plain(slot: Slot) -> dict[str, object]:
    return {
        "owner": slot.owner,
        "name": slot.name,
        "salt": _text(slot.salt),
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
        "failures": slot.failures,
        "failed_at": slot.failed_at.isoformat() if slot.failed_at else "",
    }


def _sum(content: object) -> str:
    """Tells a damaged file from a wrong password."""
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)
