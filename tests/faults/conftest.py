"""Where the stores lie that are to be harmed."""

import os
from pathlib import Path

import pytest

from tests.faults.killed import FOLDER
from tests.faults.killing import Nursery
from tests.faults.stores import Place


@pytest.fixture(scope="session")
def harmed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("harmed")


@pytest.fixture(scope="session")
def nursery(harmed: Path) -> Nursery:
    """What programs to be killed are forked from; made before the stores, which it puts there once itself."""
    os.environ[FOLDER] = str(harmed)
    return Nursery()


@pytest.fixture(scope="session")
def places(harmed: Path, nursery: Nursery) -> dict[str, Place]:
    return {kind: Place(harmed, kind) for kind in ("plain", "encrypted")}
