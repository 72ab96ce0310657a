"""How the console program speaks: help in Chinese, every ending a sentence and an exit code.

0 done, 1 refused, 2 used wrongly, 3 a defect (see the log).
"""

import errno
import io
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from typing import Any, NoReturn

import click

from mediation_desk.domain.errors import DeskError

REFUSED, MISUSED, DEFECT = 1, 2, 3
_READER_GONE = {errno.EPIPE, errno.EINVAL} if os.name == "nt" else {errno.EPIPE}

_HELP_WORDS = {
    "Options": "选项",
    "Commands": "命令",
    "Show this message and exit.": "显示本说明。",
    "Show the version and exit.": "显示版本。",
}


class _Help(click.HelpFormatter):
    """Puts click's own words on help pages into Chinese."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:  # noqa: ARG002 - click's signature
        super().write_usage(prog, args.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 …"), "用法：")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HELP_WORDS.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        super().write_dl([(term, _HELP_WORDS.get(text, text)) for term, text in rows], col_max, col_spacing)


class _Context(click.Context):
    formatter_class = _Help


class Misused(click.UsageError):
    """Wrong use, told in Chinese."""


class Command(click.Command):
    """One command, whose help is in Chinese."""

    context_class = _Context


class Console(click.Group):
    """The commands, with every ending told in a sentence."""

    context_class = _Context
    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if self.get_command(ctx, args[0]) is None:
            raise Misused(f"没有命令“{args[0]}”。")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except OSError as error:
            if error.errno not in _READER_GONE:
                raise
            return _let_go_of_output()
        return result

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Run a command line and leave with its exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):  # Windows would write what its code page has, and fail on the rest
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        code = 0
        try:
            super().main(*args, **kwargs | {"standalone_mode": False})
        except click.UsageError as error:
            say(_usage_sentence(error))
            code = MISUSED
        except click.Abort:
            say("已取消，没有改动。")
            code = REFUSED
        except DeskError as error:
            say(str(error))
            code = REFUSED
        except Exception:  # noqa: BLE001 - the last resort: one sentence, and the rest into the log
            say(_log_defect())
            code = DEFECT
        sys.exit(code)


def say(sentence: str) -> None:
    with suppress(OSError):
        click.echo(sentence, err=True)


def _usage_sentence(error: click.UsageError) -> str:
    """Tell what was wrong with the command line."""
    parameter = getattr(error, "param", None)
    option = " / ".join(parameter.opts) if isinstance(parameter, click.Option) else getattr(parameter, "metavar", "")
    if isinstance(error, Misused):
        return error.format_message()
    if isinstance(error, click.MissingParameter):
        sentence = f"缺少“{option}”。"
    elif isinstance(error, click.NoSuchOption):
        sentence = f"没有选项“{error.option_name}”。"
    elif isinstance(error, click.BadParameter):
        sentence = f"“{option}”的值不对。"
    elif isinstance(error, click.BadOptionUsage):
        sentence = f"选项“{error.option_name}”后面缺少或多了内容。"
    else:
        sentence = "写多了内容。"
    return f"{sentence}用 --help 查看用法。"


def _let_go_of_output() -> None:
    """Whoever read our output has seen enough: point it elsewhere, so that Python's last flush does not complain."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _log_defect() -> str:
    import logging

    from mediation_desk.logs import start_logging, stop_logging

    try:
        file = start_logging()
    except OSError:
        return "程序出错，这一步没有保存；日志也写不进去。请联系维护人员。"
    logging.getLogger("mediation_desk.cli").exception("the command ended in a defect")
    stop_logging()
    return f"程序出错，这一步没有保存。请把日志交给维护人员：{file}"
