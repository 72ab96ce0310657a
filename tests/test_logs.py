"""The log tells what happened and where, in a file of bounded size, and names nobody."""

import logging
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import pytest

from mediation_desk.logs import LOG_FILE, start_logging, stop_logging

LOGGER = logging.getLogger("mediation_desk.somewhere")


@pytest.fixture(autouse=True)
def _no_log_left_open() -> Iterator[None]:
    yield
    stop_logging()


def test_the_log_is_kept_in_the_users_log_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_log_path", lambda name, **_: tmp_path / name)
    assert start_logging() == tmp_path / "mediation-desk" / LOG_FILE


def test_a_line_is_written_as_utf_8_into_a_new_folder(tmp_path: Path) -> None:
    log = start_logging(tmp_path / "日志" / "here")
    LOGGER.info("已启动")
    assert log.read_text(encoding="utf-8").endswith(" INFO mediation_desk.somewhere: 已启动\n")


def test_starting_again_does_not_write_a_line_twice(tmp_path: Path) -> None:
    start_logging(tmp_path)
    log = start_logging(tmp_path)
    LOGGER.info("once")
    assert log.read_text(encoding="utf-8").count("once") == 1


def test_what_libraries_say_is_not_kept(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    logging.getLogger("sqlalchemy.engine").error("a row with somebody's name")
    LOGGER.info("own")
    assert "somebody" not in log.read_text(encoding="utf-8")


def look_up(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no such person: {name}") from error


def test_an_error_is_kept_with_its_cause_and_place_but_without_its_text(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    try:
        look_up("某人")
    except ValueError:
        LOGGER.exception("the search failed")
    text = log.read_text(encoding="utf-8")
    assert text.index("builtins.KeyError") < text.index("builtins.ValueError")
    assert f"{__name__}:" in text
    assert "look_up" in text
    assert "某人" not in text


def test_an_errors_text_left_behind_by_another_handler_is_not_kept(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    record = logging.LogRecord(LOGGER.name, logging.ERROR, __file__, 1, "failed", None, (None, None, None))
    record.exc_text = "ValueError: 某人"
    LOGGER.handle(record)
    assert "某人" not in log.read_text(encoding="utf-8")


def test_a_context_that_was_hidden_on_purpose_stays_hidden(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    try:
        try:
            raise KeyError
        except KeyError:
            raise ValueError from None
    except ValueError:
        LOGGER.exception("failed")
    assert "KeyError" not in log.read_text(encoding="utf-8")


def test_a_full_log_makes_room_for_a_new_one(tmp_path: Path) -> None:
    log = start_logging(tmp_path)
    for _ in range(3):
        LOGGER.info("x" * 600_000)
    assert log.stat().st_size < 1_000_000
    assert len(list(tmp_path.iterdir())) == 3
