"""Names of accounts: how they are shown, and when two are the same."""

import unicodedata


def tidy(name: str) -> str:
    """The name without blanks around it, and with one between its words."""
    return " ".join(name.split())


def key_of(name: str) -> str:
    """Equal for names that differ in case, width or surrounding blanks only (casefolded NFKC)."""
    # Folding can undo the normal form and the normal form the tidiness, hence twice.
    folded = unicodedata.normalize("NFKC", tidy(name)).casefold()
    return tidy(unicodedata.normalize("NFKC", folded)).encode("utf-8", "replace").decode()
