"""The compiled forms, one `ui_<form>.py` for each `ui/<form>.ui`; `ui/compile.py` writes them."""
