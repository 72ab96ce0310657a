"""Makes the steps a store still lacks, by Alembic, from code: there is no ini file and no command line."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configuration(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade(connection: Connection, to: str = "head") -> None:
    """Bring the store behind `connection` up to a revision. Runs in the caller's transaction: all steps or none."""
    command.upgrade(configuration(connection), to)
