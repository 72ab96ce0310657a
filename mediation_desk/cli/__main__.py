"""Runs the console program: `python -m mediation_desk.cli`."""

from mediation_desk.cli import main

main()
