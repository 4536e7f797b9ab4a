"""Prints SymPy as plain Python functions.

``python -m gdsim.objectives.printing > gdsim/objectives/printed.py`` prints those of the built-in surfaces
ahead of time, so that starting the program need not wait for SymPy.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sympy


class Printer:
    """Prints SymPy as straight-line Python: common parts once, integer powers as products.

    On the scalar path numpy's results become Python floats at once: arithmetic on those is several times faster. On
    the array path constants are arrays of no dimension: ufuncs take those faster than floats.
    """

    def __init__(self, scalar: bool) -> None:
        import sympy

        self.sympy = sympy
        self.scalar = scalar
        self.lines: list[str] = []
        self.powers: dict[tuple[str, int], str] = {}
        self.constants: dict[str, float] = {}

    def function(self, trees: list[sympy.Expr], names: tuple[str, ...]) -> str:
        """The Python text of a function ``f`` of `names` that returns one result a tree."""
        parts, results = self.sympy.cse(trees, self.sympy.numbered_symbols("_c"))
        for symbol, part in parts:
            self.lines.append(f"{symbol} = {self.text(part)}")
        returned = ", ".join(self.text(result) for result in results)
        constants = "".join(f"{name} = array({value!r})\n" for name, value in self.constants.items())
        body = "".join(f"    {line}\n" for line in [*self.lines, f"return ({returned},)"])
        return f"{constants}def f({', '.join(names)}):\n{body}"

    def text(self, tree: sympy.Expr) -> str:
        """The tree as Python; whatever is not a name or a call stands in brackets."""
        if not tree.free_symbols:
            return self._constant(float(tree))
        if tree.is_Symbol:
            return str(tree)
        if tree.is_Add:
            return self._sum(tree)
        if tree.is_Mul:
            return self._product(tree)
        if tree.is_Pow:
            base, exponent = tree.as_base_exp()
            if exponent.is_number and float(exponent) < 0:
                return f"({self._constant(1.0)}/{self._power(base, -exponent)})"
            return self._power(base, exponent)
        return self._call(tree.func.__name__, [self.text(a) for a in tree.args])

    def _constant(self, number: float) -> str:
        if self.scalar:
            return repr(number)
        for name, known in self.constants.items():
            if known == number:
                return name
        name = f"_k{len(self.constants)}"
        self.constants[name] = number
        return name

    def _sum(self, tree: sympy.Expr) -> str:
        # those with a minus last, so that none is turned round by itself; else the constant last
        terms = sorted(tree.args, key=lambda a: (a.could_extract_minus_sign(), not a.free_symbols))
        text = self.text(terms[0])
        for term in terms[1:]:
            if term.could_extract_minus_sign():
                text += f" - {self.text(-term)}"
            else:
                text += f" + {self.text(term)}"
        return f"({text})"

    def _product(self, tree: sympy.Expr) -> str:
        if len(tree.args) == 2 and tree.args[0] == -1 and tree.args[1].is_Add:
            return self._sum(self.sympy.Add(*(-term for term in tree.args[1].args)))
        constant, above, below = self.sympy.Integer(1), [], []
        for factor in tree.args:
            base, exponent = factor.as_base_exp()
            if not factor.free_symbols:
                constant *= factor
            elif exponent.is_number and float(exponent) < 0:
                below.append(self._power(base, -exponent))
            else:
                above.append(self.text(factor))
        number = float(constant)
        if number == -1.0 and above:
            above[0] = f"-{above[0]}"
        elif number != 1.0 or not above:
            above.insert(0, self._constant(number))
        return f"({'*'.join(above)}{''.join('/' + b for b in below)})"

    def _power(self, base: sympy.Expr, exponent: sympy.Expr) -> str:
        text = self.text(base)
        if exponent.is_Integer and 0 < exponent <= 64:
            return self._integer_power(self._named(text), int(exponent))
        if exponent.is_Rational and exponent.q == 2 and 0 < exponent.p <= 64:
            root = self._call("sqrt", [text])
            return root if exponent.p == 1 else self._integer_power(self._named(root), int(exponent.p))
        if base is self.sympy.E:
            return self._call("exp", [self.text(exponent)])
        return self._call("power", [text, self.text(exponent)])

    def _named(self, text: str) -> str:
        if text.isidentifier():
            return text
        return self._keep((text, 1), text)

    def _integer_power(self, name: str, n: int) -> str:
        """x^n by repeated squaring, each square computed once."""
        if n == 1:
            return name
        half = self._integer_power(name, n // 2)
        text = f"{half}*{half}" + (f"*{name}" if n % 2 else "")
        return self._keep((name, n), text)

    def _keep(self, key: tuple[str, int], text: str) -> str:
        if key not in self.powers:
            self.powers[key] = f"_p{len(self.powers)}"
            self.lines.append(f"{self.powers[key]} = {text}")
        return self.powers[key]

    def _call(self, name: str, arguments: list[str]) -> str:
        call = f"{name}({', '.join(arguments)})"
        return f"float({call})" if self.scalar and name != "ratio" else call


def operations(source: str) -> int:
    """How many operations a printed function takes; the same for the scalar and the array printing of a tree."""
    nodes = list(ast.walk(ast.parse(source)))
    signs = [n for n in nodes if isinstance(n, ast.UnaryOp) and not isinstance(n.operand, ast.Constant)]
    calls = [n for n in nodes if isinstance(n, ast.Call) and ast.unparse(n.func) not in ("float", "array")]
    return len(signs) + len(calls) + sum(isinstance(n, ast.BinOp) for n in nodes)


def _print_catalogue() -> None:
    from gdsim.objectives.catalogue import FUNCTIONS

    print('"""The functions of the built-in surfaces, printed by `gdsim.objectives.printing`; not to be edited."""\n')
    print("# ruff: noqa: E501\n\nPRINTED: dict[tuple[str, str], str] = {")
    for function in FUNCTIONS.values():
        for what in ("value", "gradient", "float_gradient", "hessian"):
            lines = function.expression.source(what).splitlines(keepends=True)
            print(f"    ({function.text!r}, {what!r}): (")
            for line in lines:
                print(f"        {line!r}")
            print("    ),")
    print("}")


if __name__ == "__main__":
    _print_catalogue()
