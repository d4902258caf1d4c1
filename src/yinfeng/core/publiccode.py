"""Public codes: what stands in addresses and on paper instead of a sequential id."""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 8


def new_code(prefix: str) -> str:
    """A random code such as ``P-7K3QX9M2``: eight of 32 characters, no 0/O or 1/I to misread aloud."""
    return f"{prefix}-" + "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
