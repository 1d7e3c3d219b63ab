"""What is proven of the systemd units, inside of a machine that they are booted in."""
