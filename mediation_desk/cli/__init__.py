"""The console program: the desk without windows, for scripts, imports and practice data.

Only click is loaded at once, so that it starts quickly; Qt never is.
"""

from mediation_desk.cli.commands import main as main
