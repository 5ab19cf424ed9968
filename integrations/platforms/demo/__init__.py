"""The demo province: a provincial platform with departments that work, in its own process and with its own database."""
