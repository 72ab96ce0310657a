"""The roster and the backlog as optimisation models: all HiGHS code is here."""
