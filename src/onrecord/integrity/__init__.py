"""Where a text cannot be trusted: visible damage, conflicts with known facts, and what another version shows."""
