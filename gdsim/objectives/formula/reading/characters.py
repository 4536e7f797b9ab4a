"""Letters that people type and paste, as the signs of the language."""

from __future__ import annotations

import unicodedata

#: Letters of other scripts that look like ours: refused, and told so.
LOOKS = dict(zip("хуаеосркіјѕԁɡһΧΥΑΕΟΡΚΝΙΤΒΗΜΖкитⅹ∣¦’", "xyaeocpkijsdghXYAEOPKNITBHMZkutx||'", strict=True))
#: Other ways to write a sign.
_SAME = {
    **dict.fromkeys("−–—‐‑﹣", "-"),
    **dict.fromkeys("·⋅×∗•∙⁎✕✖⨯⨉＊", "*"),
    **dict.fromkeys("÷⁄∕", "/"),
    **dict.fromkeys("ˆ", "^"),
    **dict.fromkeys("‖∥", "|"),
    **dict.fromkeys("µ", "μ"),
    **dict.fromkeys("ϑ", "θ"),
    **dict.fromkeys("ϕ", "φ"),
    **dict.fromkeys("ϵ", "ε"),
    **dict.fromkeys("ϱ", "ρ"),
    **dict.fromkeys("\t\u202f\u2060", " "),
}
#: Signs of more than one letter, each in one.
PAIRS = {"**": "^", "<=": "≤", ">=": "≥", "==": "≐", "!=": "≠", "<>": "≠", "&&": "∧", ":=": "="}
#: Halves, thirds and so on, as what stands above and below.
FRACTIONS = {
    "½": "1/2",
    "⅓": "1/3",
    "⅔": "2/3",
    "¼": "1/4",
    "¾": "3/4",
    "⅕": "1/5",
    "⅖": "2/5",
    "⅗": "3/5",
    "⅘": "4/5",
    "⅙": "1/6",
    "⅚": "5/6",
    "⅐": "1/7",
    "⅛": "1/8",
    "⅜": "3/8",
    "⅝": "5/8",
    "⅞": "7/8",
    "⅑": "1/9",
    "⅒": "1/10",
}
RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ", "-0123456789n")
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
#: Greek letters, and the names under which they are kept; Ο looks like O and is not among them.
GREEK = {
    "α": "alpha",
    "β": "beta",
    "γ": "gamma",
    "δ": "delta",
    "ε": "epsilon",
    "ζ": "zeta",
    "η": "eta",
    "θ": "theta",
    "ι": "iota",
    "κ": "kappa",
    "λ": "lambda",
    "μ": "mu",
    "ν": "nu",
    "ξ": "xi",
    "π": "pi",
    "ρ": "rho",
    "ς": "sigma",
    "σ": "sigma",
    "τ": "tau",
    "υ": "upsilon",
    "φ": "phi",
    "χ": "chi",
    "ψ": "psi",
    "ω": "omega",
    "Γ": "Gamma",
    "Δ": "Delta",
    "Θ": "Theta",
    "Λ": "Lambda",
    "Ξ": "Xi",
    "Π": "Pi",
    "Σ": "Sigma",
    "Φ": "Phi",
    "Ψ": "Psi",
    "Ω": "Omega",
}


def plain(letter: str) -> str:
    """The sign that a letter stands for: full width, italics and thin blanks are a matter of taste."""
    if letter.isascii() and letter != "\t":
        return letter
    if letter in _SAME:
        return _SAME[letter]
    if unicodedata.category(letter) == "Zs":
        return " "
    if "！" <= letter <= "～" or letter >= "\U0001d400":  # full-width, mathematical alphabets
        same = unicodedata.normalize("NFKC", letter)
        return _SAME.get(same, same) if len(same) == 1 else letter
    return letter


def looks_like(letter: str) -> str:
    """The sign that a letter may be taken for; "" if there is none."""
    other = LOOKS.get(letter) or unicodedata.normalize("NFKC", letter)
    return other if len(other) == 1 and other.isascii() and other.isprintable() and other != " " else ""
