"""The boards of a demonstration: their seats, meetings, plans and links."""
