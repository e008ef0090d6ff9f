"""What the harbour office of Port Harlan, which is invented, adds to onrecord: one module for each kind of thing."""
