"""Formulas of terms as LaTeX."""

from __future__ import annotations

import re
import unicodedata

from gdsim.optimizers.compiled.term_formula import SPELLED, Formula, Leaf, Operation, Spelled

_SUM, _PRODUCT, _ATOM = range(3)
_RELATIONS = {"==": "=", ">=": r"\geq", "<=": r"\leq", ">": ">", "<": "<"}
_HAT, _LOW, _HIGH = "\N{COMBINING CIRCUMFLEX ACCENT}", "₀₁₂₃₄₅₆₇₈₉ₜ₊₋", "ᵗ⁺⁻"
_PLAIN = str.maketrans(_LOW + _HIGH, "0123456789t+-" + "t+-")


def latex_of(formula: Formula, spelled: Spelled) -> str:
    """A formula as LaTeX; `spelled` gives names and numbers as LaTeX."""
    return _latex(formula, spelled)[0]


def symbol_latex(symbol: str) -> str:
    """A name as LaTeX: a letter with its marks."""
    head = symbol.rstrip(_LOW + _HIGH)
    marks = symbol[len(head) :]
    letters = "".join(_letter(each) for each in head.replace(_HAT, ""))
    letters = rf"\hat{{{letters}}}" if _HAT in head else letters
    low, high = ("".join(each for each in marks if each in kind).translate(_PLAIN) for kind in (_LOW, _HIGH))
    return letters.replace("·", r" \cdot ") + (f"_{{{low}}}" if low else "") + (f"^{{{high}}}" if high else "")


def number_latex(text: str) -> str:
    """A number as LaTeX, as Python or the window writes it."""
    text = text.replace("−", "-").replace("∞", r"\infty").replace("–", r"\mathrm{nan}")
    return re.sub(r"e\+?(-?)0*(\d+)", r"\\cdot 10^{\1\2}", text)


def _letter(letter: str) -> str:
    name = unicodedata.name(letter, "")
    greek = re.fullmatch(r"GREEK (SMALL|CAPITAL) LETTER (\w+)", name)
    if greek is None:
        return letter
    word = {"lamda": "lambda", "epsilon": "varepsilon"}.get(greek[2].lower(), greek[2].lower())
    return "\\" + (word if greek[1] == "SMALL" else word.capitalize())


def _latex(formula: Formula, spelled: Spelled) -> tuple[str, int]:
    """LaTeX, and how strongly it holds together."""
    if isinstance(formula, Leaf):
        text = spelled(formula)
        return text, _SUM if text.startswith("-") else _PRODUCT if "cdot" in text else _ATOM
    op, args = formula.op, formula.args

    def part(k: int, least: int) -> str:
        text, holds = _latex(args[k], spelled)
        return text if holds >= least else rf"\left({text}\right)"

    match op:
        case "neg":
            return f"-{part(0, _PRODUCT)}", _SUM
        case "+" | "-":
            return f"{part(0, _SUM)} {op} {part(1, _PRODUCT)}", _SUM
        case "*":
            return _product(formula, spelled), _PRODUCT
        case "/":
            return rf"\frac{{{part(0, _SUM)}}}{{{part(1, _SUM)}}}", _ATOM
        case "**":
            return f"{part(0, _ATOM)}^{{{part(1, _SUM)}}}", _ATOM
        case "sqrt":
            return rf"\sqrt{{{part(0, _SUM)}}}", _ATOM
        case "absolute":
            return rf"\left|{part(0, _SUM)}\right|", _ATOM
        case "where":
            yes, test, no = part(1, _SUM), part(0, _SUM), part(2, _SUM)
            return rf"\begin{{cases}} {yes} & {test} \\ {no} & \text{{otherwise}} \end{{cases}}", _SUM
    if op in _RELATIONS:
        return f"{part(0, _SUM)} {_RELATIONS[op]} {part(1, _SUM)}", _SUM
    name = {"maximum": r"\max", "minimum": r"\min"}.get(op, rf"\mathrm{{{SPELLED.get(op, op)}}}")
    return rf"{name}\left({', '.join(part(k, _SUM) for k in range(len(args)))}\right)", _ATOM


def _product(formula: Operation, spelled: Spelled) -> str:
    parts = factors(formula)
    texts = []
    for factor, power in parts:
        text, holds = _latex(factor, spelled)
        text = text if holds >= (_ATOM if power > 1 else _PRODUCT) else rf"\left({text}\right)"
        texts.append(f"{text}^{{{power}}}" if power > 1 else text)
    # numbers side by side would be one number
    sign = r" \cdot " if any(text[:1].isdigit() or text.startswith(r"\left(-") for text in texts[1:]) else r" \, "
    return sign.join(texts)


def factors(formula: Formula) -> list[tuple[Formula, int]]:
    """The factors of a product, with their powers: the same twice in a row is its square."""
    found: list[tuple[Formula, int]] = []
    for factor in _flat(formula):
        if found and isinstance(factor, Leaf) and isinstance(last := found[-1][0], Leaf) and last.term is factor.term:
            found[-1] = (factor, found[-1][1] + 1)
        else:
            found.append((factor, 1))
    return found


def _flat(formula: Formula) -> list[Formula]:
    if isinstance(formula, Operation) and formula.op == "*":
        return [each for arg in formula.args for each in _flat(arg)]
    return [formula]
