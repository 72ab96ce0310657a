"""Mediation Desk: a case-management desk for the one-stop window of a 综治中心."""

__version__ = "0.1.0"
