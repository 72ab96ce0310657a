"""What a person at the desk does: one function each, one call = one transaction."""
