"""Write `.env` from `.env.example`, with fresh secrets; leave an existing one alone."""

import secrets
from pathlib import Path

ROOT = Path(__file__).parents[1]


def main() -> None:
    """Write the file where it is missing."""
    target = ROOT / ".env"
    if target.exists():
        return
    lines = (ROOT / ".env.example").read_text("utf-8").splitlines(keepends=True)
    text = "".join(line.replace("generate-me", secrets.token_urlsafe(48)) for line in lines)
    target.touch(mode=0o600)
    target.write_text(text, "utf-8")
    print("wrote .env")


if __name__ == "__main__":
    main()
