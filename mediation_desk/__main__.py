"""Starts the window; `python -m mediation_desk` and the installed program both end here."""

import sys


def main() -> None:
    """Run the program and leave with its exit code."""
    from mediation_desk.gui.application import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
