"""Write the .mo beside every .po that is newer; run by ./yf inside the virtual environment."""

from __future__ import annotations

from pathlib import Path

import polib

LOCALES = Path(__file__).resolve().parent.parent / "src" / "yinfeng"


def main() -> None:
    """Compile each catalogue, in one stroke a file."""
    for catalogue in sorted(LOCALES.glob("**/locale/*/LC_MESSAGES/*.po")):
        compiled = catalogue.with_suffix(".mo")
        fresh = compiled.with_suffix(".new")
        polib.pofile(str(catalogue)).save_as_mofile(str(fresh))
        fresh.replace(compiled)


if __name__ == "__main__":
    main()
