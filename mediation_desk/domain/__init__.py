"""What a desk knows and allows: the rules of the trade, without windows, records or papers."""
