"""Random formulas, and what they are worth by mpmath."""

from mpmath import mp

from gdsim.objectives.formula.formula import FUNCTIONS, read
from gdsim.objectives.formula.nodes import fold

ONE = [name for name, (least, _) in FUNCTIONS.items() if least == 1]
TWO = ["min", "max", "hypot", "atan2", "mod"]
LEAVES = ["x", "y", "x", "y", "x", "y", "2", "3", "0.7", "1.5", "pi", "e", "a", "b"]


def random_formula(rng, parts):
    """A text of about so many parts, with the letters that one may leave out left out now and then."""
    if parts <= 1:
        return rng.choice(LEAVES)
    kind = rng.random()
    if kind < 0.35:
        inside = random_formula(rng, parts - 1)
        name = rng.choice(ONE)
        return f"|{inside}|" if name == "abs" and "|" not in inside else f"{name}({inside})"
    left = rng.randrange(1, parts)
    one, other = random_formula(rng, left), random_formula(rng, parts - left)
    if kind < 0.45:
        return f"{rng.choice(TWO)}({one}, {other})"
    if kind < 0.55:
        return f"({one})^{rng.choice(['2', '3', '-1', '0.5', '1.3', '-x', '(y/3)', '2^x', '4'])}"
    if kind < 0.58:
        return rng.choice(
            [f"root({one}, 3)", f"root({one}, 5)", f"log({one}, {rng.choice('23')})", f"log({one}, {other})"]
        )
    if kind < 0.61:
        condition = f"({one}) {rng.choice(['<', '<=', '>', '>=', '!='])} ({other})"
        joined = rng.choice([condition, f"not {condition}", f"{condition} and x > -1", f"x < 1 or {condition}"])
        return f"where({joined}, {other}, {one})"
    if kind < 0.66:
        return f"({one})({other})"
    if kind < 0.71:
        return f"-({one}){rng.choice('+-*/')}({other})"
    return f"({one}) {rng.choice(['+', '-', '*', '*', '/'])} ({other})"


def _root(a, n):
    return -mp.power(-a, 1 / n) if a < 0 and n % 2 == 1 else mp.power(a, 1 / n)


#: What mpmath calls otherwise, or has not.
EXACT = {
    "sigmoid": lambda u: 1 / (1 + mp.exp(-u)),
    "softplus": lambda u: mp.log(1 + mp.exp(u)),
    "relu": lambda u: max(u, mp.mpf(0)),
    "abs": abs,
    "min": min,
    "max": max,
    "cbrt": lambda u: _root(u, 3),
    "root": _root,
    "log": lambda u, base=mp.e: mp.log(u) / mp.log(base),
    "log2": lambda u: mp.log(u) / mp.log(2),
    "round": mp.nint,
    "sinc": lambda u: mp.sinc(u),
    "mod": lambda a, b: a - b * mp.floor(a / b),
    "where": lambda condition, a, b: a if condition else b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
    "and": lambda a, b: a and b,
    "or": lambda a, b: a or b,
    "not": lambda a: not a,
}


def exact_value(text, point):
    """The value by mpmath, in its precision; complex where the formula is undefined."""
    operations = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "/": lambda a, b: a / b,
        "^": mp.power,
        "neg": lambda a: -a,
    }

    def part(node, args):
        if node.op == "number":
            return mp.mpf(node.name)
        if node.op == "name":
            return {"pi": +mp.pi, "e": +mp.e}.get(node.name, point.get(node.name))
        return (operations.get(node.op) or EXACT.get(node.op) or getattr(mp, node.op))(*args)

    return fold(read(text).tree, part)


LETTERS = "xyabe0123456789.+-*/^()|, ²√πsincolgtaphmqrx_" + "²³·−×÷'\"[]{}=<>!@#$%&;:\\`~?\n\t\x00хéΩ𝟙\u200b"


def random_text(rng):
    """A random or a mutated text: most are no formula, some nearly, some are."""
    if rng.random() < 0.3:
        return "".join(rng.choice(LETTERS) for _ in range(rng.randrange(0, 60)))
    text = random_formula(rng, rng.randrange(1, 40))
    for _ in range(rng.randrange(0, 6)):
        i, j = sorted((rng.randrange(len(text) + 1), rng.randrange(len(text) + 1)))
        match rng.randrange(5):
            case 0:
                text = text[:i] + rng.choice(LETTERS) + text[i:]
            case 1:
                text = text[:i] + text[i + 1 :]
            case 2:
                text = (
                    text[:i] + rng.choice(["^", "**", "e", "x", "|", "(", ")", "sin", "9^9^9", "1e999", "."]) + text[i:]
                )
            case 3:
                text = text[:j] + text[i:j] * rng.randrange(1, 30) + text[j:]
            case 4:
                text = text[:i] + text[j:]
    return text
