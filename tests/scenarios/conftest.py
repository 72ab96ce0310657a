"""Whole stories are told at the desk that every page is given."""

from tests.gui.conftest import (  # noqa: F401 - fixtures
    clerk,
    desk,
    finished_store,
    nothing_is_left_on_the_screen,
    qapp,
)
