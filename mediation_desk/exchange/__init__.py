"""Files in and out: what other programs hand over and take."""
