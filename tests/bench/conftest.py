"""The store that is measured: a million cases where `MEDIATION_DESK_BIG_STORE` names one, else fifty thousand."""

import os
from pathlib import Path

import pytest

from tests.bench.big_store import make_big_store


@pytest.fixture(scope="session")
def big_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store made by `python -m tests.bench.big_store`, with its key; not to be changed."""
    named = os.environ.get("MEDIATION_DESK_BIG_STORE")
    if named:
        return Path(named)
    path = tmp_path_factory.mktemp("big") / "desk.db"
    make_big_store(path, 50_000)
    return path
