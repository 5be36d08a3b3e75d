"""Writes `.env` from `.env.example` with fresh secrets, unless it is there already."""

import secrets
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    """Write the file."""
    target = ROOT / ".env"
    if target.exists():
        return
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines()
    filled = [line.replace("generate-me", secrets.token_urlsafe(48)) for line in lines]
    target.write_text("\n".join([*filled, ""]), "utf-8")


if __name__ == "__main__":
    main()
