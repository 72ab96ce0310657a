"""The records: everything that reads or writes the database."""
