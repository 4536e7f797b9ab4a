"""Tests of what people type and paste, and how it is read: the tree, the coordinates, the parameters."""

import pytest

from gdsim.objectives.formula.formula import FormulaError, read
from gdsim.objectives.formula.reading.coordinates import OtherLettersError
from gdsim.objectives.formula.reading.questions import LonelyNameError

#: By text: the tree, its coordinates, its parameters.
READ = {
    # words that are whole made of known names, with one letter before them at most
    "x^2 + xy + y^2": ("(+ (+ (^ x 2) (* x y)) (^ y 2))", "x y", ""),
    "2xy": ("(* (* 2 x) y)", "x y", ""),
    "x^2 + 10cosx": ("(+ (^ x 2) (* 10 (cos x)))", "x", ""),
    "x^2 + siny": ("(+ (^ x 2) (sin y))", "x y", ""),
    "x^2 + bx": ("(+ (^ x 2) (* b x))", "x", "b"),
    "axy": ("(* (* a x) y)", "x y", "a"),
    "bcosx": ("(* b (cos x))", "x", "b"),
    "pix": ("(* pi x)", "x", ""),
    "xsiny": ("(* x (sin y))", "x y", ""),
    "xsin(y)": ("(* x (sin y))", "x y", ""),
    "xmin(x, y)": ("(* x (min x y))", "x y", ""),
    "sinxcosy": ("(* (sin x) (cos y))", "x y", ""),
    "sin2x": ("(sin (* 2 x))", "x", ""),
    "acosx": ("(acos x)", "x", ""),
    "a_1x": ("(* a1 x)", "x", "a1"),
    "xe^-x": ("(* x (^ e (neg x)))", "x", ""),
    "2αx + πy": ("(+ (* (* 2 alpha) x) (* pi y))", "x y", "alpha"),
    # functions without brackets
    "sin 2x": ("(sin (* 2 x))", "x", ""),
    "sin x cos y": ("(* (sin x) (cos y))", "x y", ""),
    "2sin x y + 1": ("(+ (* 2 (sin (* x y))) 1)", "x y", ""),
    "sin x^2": ("(sin (^ x 2))", "x", ""),
    "sin x/2": ("(/ (sin x) 2)", "x", ""),
    "sin x*y": ("(* (sin x) y)", "x y", ""),
    "sin -x": ("(sin (neg x))", "x", ""),
    "sin 2(x + y)": ("(sin (* 2 (+ x y)))", "x y", ""),
    "sin cos x": ("(sin (cos x))", "x", ""),
    "cos x e^-y": ("(* (cos x) (^ e (neg y)))", "x y", ""),
    "|sin x|y": ("(* (abs (sin x)) y)", "x y", ""),
    "min(sin x, y)": ("(min (sin x) y)", "x y", ""),
    "sin^2(x)": ("(^ (sin x) 2)", "x", ""),
    "sin²x": ("(^ (sin x) 2)", "x", ""),
    "sin^2 x cos^2 y": ("(* (^ (sin x) 2) (^ (cos y) 2))", "x y", ""),
    "sin(x)^2": ("(^ (sin x) 2)", "x", ""),
    "cot x + ceil x": ("(+ (cot x) (ceil x))", "x", ""),
    "log2 x": ("(log2 x)", "x", ""),
    "log_2 x + log₁₀ x": ("(+ (log2 x) (log10 x))", "x", ""),
    "cbrt x": ("(cbrt x)", "x", ""),
    "arctan y": ("(atan y)", "x y", ""),
    # other names, other sizes
    "sin(PI*x) + Pi": ("(+ (sin (* pi x)) pi)", "x", ""),
    "E^(-x)": ("(^ e (neg x))", "x", ""),
    "EXP(x) + Sin(x) + LN(x)": ("(+ (+ (exp x) (sin x)) (log x))", "x", ""),
    "Sin[x]": ("(sin x)", "x", ""),
    "arcsin(x) + arsinh(x) + arctan2(y, x)": ("(+ (+ (asin x) (asinh x)) (atan2 y x))", "x y", ""),
    "pow(x, 3) + maximum(x, y, 1)": ("(+ (^ x 3) (max x y 1))", "x y", ""),
    "np.sin(x) + math.pi": ("(+ (sin x) pi)", "x", ""),
    "root(x, 3) + log(x, 5) + mod(x, 2)": ("(+ (+ (root x 3) (log x 5)) (mod x 2))", "x", ""),
    "x mod y + 1": ("(+ (mod x y) 1)", "x y", ""),
    "[x + 1]^2{y}": ("(* (^ (+ x 1) 2) y)", "x y", ""),
    # coordinates of other names
    "X^2 + y^2": ("(+ (^ X 2) (^ y 2))", "x y", "X"),
    "X^2": ("(^ X 2)", "X", ""),
    "w^2": ("(^ w 2)", "w", ""),
    "θ^2 − 3θ": ("(- (^ theta 2) (* 3 theta))", "theta", ""),
    "theta^2 - 3θ": ("(- (^ theta 2) (* 3 theta))", "theta", ""),
    "lambda*x^2": ("(* lambda (^ x 2))", "x", "lambda"),
    "a*x^2 + b*x + c": ("(+ (+ (* a (^ x 2)) (* b x)) c)", "x", "a b c"),
    "x1^2 + x2": ("(+ (^ x1 2) x2)", "x1 x2", ""),
    "x_1 + x₂ + x[3] + x_{4}": ("(+ (+ (+ x1 x2) x3) x4)", "x1 x2 x3 x4", ""),
    "x1 + x3": ("(+ x1 x3)", "x1 x2 x3", ""),
    "x1x2": ("(* x1 x2)", "x1 x2", ""),
    "a*x1": ("(* a x1)", "x1", "a"),
    "x1*x": ("(* x1 x)", "x", "x1"),
    "a_1*x + α₂x + theta_0": ("(+ (+ (* a1 x) (* alpha2 x)) theta0)", "x", "a1 alpha2 theta0"),
    # what stands before a formula
    "y = x^2": ("(^ x 2)", "x", ""),
    "z = x + y": ("(+ x y)", "x y", ""),
    "f(x, y) = x^2": ("(^ x 2)", "x y", ""),
    "f(w) = a w": ("(* a w)", "w", "a"),
    "f(u, v) = 3uv": ("(* (* 3 u) v)", "u v", ""),
    "f(u, v) = auv": ("(* (* a u) v)", "u v", "a"),
    "f(u, v) = usinv": ("(* u (sin v))", "u v", ""),
    "f(w1, w2) = w1w2": ("(* w1 w2)", "w1 w2", ""),
    "f(t) = t(t - 1)": ("(* t (- t 1))", "t", ""),
    "J(w, b) := w^2 + b": ("(+ (^ w 2) b)", "w b", ""),
    "f(x; a) = a x": ("(* a x)", "x", "a"),
    "f(x_2, x_1) = x_1": ("x1", "x1 x2", ""),
    "loss = x^2": ("(^ x 2)", "x", ""),
    # signs
    "½x² + ¾": ("(+ (* (/ 1 2) (^ x 2)) (/ 3 4))", "x", ""),
    "√x + ∛x + ∜x": ("(+ (+ (sqrt x) (cbrt x)) (root x 4))", "x", ""),
    "³√x + x³√y": ("(+ (root x 3) (* (^ x 3) (sqrt y)))", "x y", ""),
    "2 ³√x": ("(* 2 (root x 3))", "x", ""),
    "xⁿ": ("(^ x n)", "x", "n"),
    "2·x × y ÷ 3 − x∗y⁄2": ("(- (/ (* (* 2 x) y) 3) (/ (* x y) 2))", "x y", ""),
    "ｘ＾２＋３\u2009– 𝑦": ("(- (+ (^ x 2) 3) y)", "x y", ""),
    "0,5x^2 + 1,25": ("(+ (* 0.5 (^ x 2)) 1.25)", "x", ""),
    "sin(0,5x)": ("(sin (* 0.5 x))", "x", ""),
    "x + min(0,5)": ("(+ x (min 0 5))", "x", ""),
    "min((0,5), x)": ("(min 0.5 x)", "x", ""),
    "min(0,5; x)": ("(min 0.5 x)", "x", ""),
    # conditions
    "where(x > 0, x, -x)": ("(where (> x 0) x (neg x))", "x", ""),
    "where(0 < x <= 1, x, 0)": ("(where (and (< 0 x) (<= x 1)) x 0)", "x", ""),
    "where(x ≥ 0 and not y == 1 or x ≠ 2, x, 0)": (
        "(where (or (and (>= x 0) (not (== y 1))) (!= x 2)) x 0)",
        "x y",
        "",
    ),
    "if(x > 0 && y > 0, x, 0)": ("(where (and (> x 0) (> y 0)) x 0)", "x y", ""),
    "piecewise(x > 0, a, x < -1, b, c)": ("(where (> x 0) a (where (< x (neg 1)) b c))", "x", "a b c"),
    # sums and products, as they are written
    "sum(i(1 - x), i, 1, 2)": ("(sum i (* i (- 1 x)) 1 2)", "x", ""),
    "sum(x_i^2, i, 1, 3)": ("(sum i (^ (item x i) 2) 1 3)", "x1 x2 x3", ""),
    "prod(x_(i+1) - xi, i, 1, 2)": ("(prod i (- (item x (+ i 1)) (item x i)) 1 2)", "x1 x2 x3", ""),
    "sum(a_k x^k, k, 0, 2)": ("(sum k (* (item a k) (^ x k)) 0 2)", "x", "a0 a1 a2"),
    # LaTeX
    r"\frac{1}{2}x^{2}": ("(* (/ 1 2) (^ x 2))", "x", ""),
    r"$\sin x \cdot \left(y + 1\right)$": ("(* (sin x) (+ y 1))", "x y", ""),
    r"\sqrt[3]{x} + \sqrt{y}": ("(+ (root x 3) (sqrt y))", "x y", ""),
    r"x_{1}^{2}\,x_{12}": ("(* (^ x1 2) x12)", " ".join(f"x{i}" for i in range(1, 13)), ""),
    r"\theta_0 e^{-\frac12 x}": ("(* theta0 (^ e (* (neg (/ 1 2)) x)))", "x", "theta0"),
    r"\operatorname{sech}(x) + \left|x\right|": ("(+ (sech x) (abs x))", "x", ""),
    r"\sin^{2}x\cos y e^{x}": ("(* (* (^ (sin x) 2) (cos y)) (^ e x))", "x y", ""),
    r"1 + \sum_{i=1}^{3}\left(x_i - 1\right)^2 + 3": ("(+ (+ 1 (sum i (^ (- (item x i) 1) 2) 1 3)) 3)", "x1 x2 x3", ""),
    r"\log_{2}{x}\times 0{,}5": ("(* (log2 x) 0.5)", "x", ""),
    r"\|x\|^2 + \lVert y \rVert": ("(+ (^ (abs x) 2) (abs y))", "x y", ""),
    r"\left\|x\right\| + \vert y \vert": ("(+ (abs x) (abs y))", "x y", ""),
    "‖x‖": ("(abs x)", "x", ""),
    r"\begin{cases} x^2 & x>0 \\ -x & \text{otherwise} \end{cases} + a": (
        "(+ (where (> x 0) (^ x 2) (neg x)) a)",
        "x",
        "a",
    ),
    r"f(x) = \left\{\begin{array}{ll} x, & \text{if } x > 1, \\ 0, & x \le 1.\end{array}\right.": (
        "(where (> x 1) x 0)",
        "x",
        "",
    ),
    r"\begin{cases}\sum_{i=1}^2 x & \text{for } x > 1 \\ \frac{x}{2} & x < 0 \\ 3\end{cases}": (
        "(where (> x 1) (sum i x 1 2) (where (< x 0) (/ x 2) 3))",
        "x",
        "",
    ),
    r"\begin{cases} 1 & x < 0 \\ \begin{cases} x & x < 2 \\ 2 \end{cases} & \text{else} \end{cases}": (
        "(where (< x 0) 1 (where (< x 2) x 2))",
        "x",
        "",
    ),
    # as ever
    "1/2x": ("(* (/ 1 2) x)", "x", ""),
    "1 − x y": ("(- 1 (* x y))", "x y", ""),
}

#: By text: the column, and a part of the sentence.
REFUSED = {
    "x if y else x": (3, "'if' at column 3 is a word of programs: for cases write where"),
    "x and y": (1, "'and' asks for conditions, such as x > 0, and 'x' at column 1 is none"),
    "x + not y": (5, "'not' at column 5 stands where a number"),
    "True*x": (1, "'True' at column 1 is no number: write 1 or 0"),
    "nan*x": (1, "'nan' at column 1 is no number"),
    "x + ∞": (5, "'∞' at column 5 is no number"),
    "return x^2": (1, "'return' at column 1 is a word of programs"),
    "lambda x: x^2": (1, "'lambda' at column 1 is a word of programs: type what stands after 'lambda x:'"),
    "0x10*x": (1, "'0x10' at column 1 is a number in the notation of programs"),
    "1j*x": (1, "'1j' at column 1 is a complex number"),
    "d/dx x^2": (1, "'d/dx' at column 1: a derivative is not worked out in a formula"),
    "x + ∂²/∂x² (x^4)": (5, "'∂²/∂x²' at column 5: a derivative"),
    "sin(x deg)": (7, "'deg' at column 7: angles are in radians"),
    "x % 2": (3, "the remainder is mod(a, b)"),
    "sin^-1 x": (1, "the power -1 of sin at column 1 has two meanings: write asin(…), or 1/sin(…)"),
    "cos⁻¹(x)": (1, "write acos(…), or 1/cos(…)"),
    "sin x (y + 1)": (7, "it is not clear whether the bracket at column 7 belongs to sin"),
    "log3(x)": (1, "did you mean log(x, 3)?"),
    "sine(x)": (1, "did you mean sin?"),
    "heaviside(x)": (1, "did you mean where(x > 0, 1, 0)?"),
    "lg(x)": (1, "did you mean log10?"),
    "sigmod(x)": (1, "did you mean sigmoid?"),
    "log2(x, y)": (1, "log2 at column 1 takes 1 argument, not 2"),
    "log(x, y, 2)": (1, "log at column 1 takes 1 or 2 arguments, not 3"),
    "where(x > 0, 1)": (1, "where at column 1 takes 3 arguments, not 2"),
    "1,000x": (1, "'1,000' at column 1 can be read in two ways: write 1000 or 1.000"),
    "x^2 + y^2 = 1": (11, "an expression is typed, not an equation"),
    "y = x + y": (9, "'y' stands on both sides of '=', at column 9 too"),
    "f(x) = x + y": (12, "'y' at column 12 is none of the coordinates named before '=': x"),
    "f(velocity) = velocity": (3, "'velocity' at column 3 cannot be a coordinate"),
    "x > 0": (1, "'x > 0' at column 1 is a condition and no number: write where(x > 0, 1, 0)"),
    "2(x > 0)": (2, "'(x > 0)' at column 2 is a condition"),
    "where(x, 1, 2)": (7, "'x' at column 7 stands where where(…) asks for a condition"),
    "where(x > 0, x > 1, 2)": (14, "'x > 1' at column 14 is a condition"),
    "piecewise(x > 0, 1)": (1, "takes conditions and values by turns"),
    "sum(x)": (1, "sum at column 1 takes what is added, its index, and from where to where"),
    "sum x": (1, "sum at column 1 needs its argument in brackets"),
    "sum(x_i, i, 1, n)": (1, "the ends of the sum at column 1 must be whole numbers"),
    "sum(x, x, 1, 2)": (8, "the index 'x' at column 8 must be a single letter, such as i"),
    "sum(x_i, i, 1, 200)": (5, "'x200' at column 5: at most 100 coordinates are read"),
    "sum(sum(x, i, 1, 999), j, 1, 999)": (5, "at most 6,000 parts are written out"),
    "sum(x(i), i, 1, 3)": (5, "x(…) at column 5 is a product; with an index, it is written x_i"),
    "x[y]": (1, "the index of x at column 1 must be a whole number"),
    "x0 + x1": (1, "'x0' at column 1: coordinates are counted from x1"),
    r"\int x": (1, r"'\int' at column 1 is LaTeX that is not read here"),
    r"\frac{x}": (9, "the formula ends at column 9"),
    r"\frac{x": (6, "the bracket opened at column 6 is not closed"),
    r"x + \begin{cases} x & x>0 \\ 2 & x<0 \end{cases}": (
        5,
        r"the last of the cases at column 5 holds for all that is left: write \text{otherwise} for its condition",
    ),
    r"\begin{cases} x & x>0 \end{cases}": (1, "cases are written where(x > 0, a, b) or piecewise("),
    r"\begin{cases} x \\ 2 & x<0 \end{cases}": (1, "cases are written where(x > 0, a, b) or piecewise("),
    r"\begin{cases} x & x>0": (1, "the bracket opened at column 1 is not closed"),
    r"\begin{matrix} x \end{matrix}": (1, r"'\begin{matrix}' at column 1 is LaTeX that is not read here"),
    r"\begin{cases} x & x > \foo \\ 2 \end{cases}": (23, r"'\foo' at column 23 is LaTeX"),
    "{x^2 for x>0, -x otherwise}": (6, "'for' at column 6 is a word of programs: for cases write where(condition"),
    "x + х": (5, "'х' (CYRILLIC SMALL LETTER HA) at column 5 looks like x but is not"),
}

#: By text: the names that have to be explained, and what they would be as products.
ASKED = {
    "velocity*x": {"velocity": "v·e·l·o·c·i·t·y"},
    "abx + x": {"abx": "a·b·x"},
    "foo x + foo": {"foo": "f·o·o"},
    "2ex + x": {"ex": "e·x"},
    "abcosx + x": {"abcosx": "a·b·cos x"},
    "a_max*x + x_2y": {"a_max": "", "x_2y": ""},
    r"a_{max} x": {"a_max": ""},
    "array*x": {"array": "a·r·r·a·y"},
}


@pytest.mark.parametrize("text", READ)
def test_what_is_read(text):
    formula = read(text)
    tree, names, parameters = READ[text]
    assert repr(formula.tree) == tree
    assert " ".join(formula.names) == names
    assert " ".join(formula.parameters) == parameters
    assert not formula.questions


@pytest.mark.parametrize("text", REFUSED, ids=range(len(REFUSED)))
def test_what_is_refused_says_what_is_wrong(text):
    column, sentence = REFUSED[text]
    with pytest.raises(FormulaError) as error:
        read(text)
    assert sentence in str(error.value)
    assert error.value.column == column


@pytest.mark.parametrize("text", ASKED)
def test_longer_names_are_questions(text):
    formula = read(text)
    assert {question.name: question.product for question in formula.questions} == ASKED[text]
    assert set(ASKED[text]) <= set(formula.parameters)
    for question in formula.questions:
        assert not question.product or read(text.replace(question.name, question.product))


def test_what_may_have_been_meant():
    assert read("sine*x").questions[0].near == ("sin", "sinh")
    assert read("thta*x").questions[0].near == ("theta",)
    assert read("velocity*x").questions[0].near == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("w1^2 + 3w2^2", ("w1", "w2")),
        ("w_2^2 + w₁", ("w1", "w2")),
        (r"\theta_1^2 + \theta_2^2", ("theta1", "theta2")),
        ("sum(w_i^2, i, 1, 10)", tuple(f"w{i}" for i in range(1, 11))),
        ("L = w1^2 + w2^2 + 2w1w2", ("w1", "w2")),
    ],
)
def test_one_letter_with_numbers_from_1_on_names_the_coordinates(text, names):
    assert read(text).names == names
    assert [question.product for question in read(text).questions] == ["w1·w2"] * ("w1w2" in text)
    # beside x, and beside y, such letters are parameters
    assert read(f"x + {text.removeprefix('L = ')}").names == ("x",)


def test_letters_beside_which_there_is_no_x():
    for text, choices in {
        "a*w^2": (("w",), ("a", "w"), ("a",)),
        "(w-3)^2 + b^2": (("w", "b"), ("w",), ("b",)),
        "a t^2 + b t + c": (("t",), ("a", "t", "b", "c"), ("c",), ("b",)),
        "a w1^2 + w2^2": (("w1", "w2"), ("a", "w1", "w2"), ("w1",), ("w2",)),
        "w1^2 + w3^2": (("w1", "w3"), ("w1",), ("w3",)),
        "w0^2 + w1^2": (("w0", "w1"), ("w0",), ("w1",)),
        "w1^2 + v2^2": (("w1", "v2"), ("w1",), ("v2",)),
    }.items():
        with pytest.raises(OtherLettersError) as error:
            read(text)
        assert error.value.choices == choices
    with pytest.raises(
        OtherLettersError, match=r"which of w, b are coordinates\? Write f\(w, b\) = before .* f\(w\) ="
    ):
        read("(w-3)^2 + b^2")
    with pytest.raises(
        LonelyNameError, match=r"and neither x nor y is there\. A product is written with its signs: v·e"
    ):
        read("velocity^2")
    for text, letter in {"velocity^2": "v", "speed^2 + s": "x", "ell^2 + 1": "x", "mass*velocity^2": ""}.items():
        with pytest.raises(LonelyNameError) as lonely:
            read(text)
        assert lonely.value.letter == letter
        assert (f"call it {letter}, with f({letter}) =" in str(lonely.value)) == bool(letter)


def test_sums_are_written_out_for_all_that_computes():
    formula = read("3 - sum(x_i*i, i, 1, 3)^2")
    assert repr(formula.plain) == "(- 3 (^ (+ (+ (* x1 1) (* x2 2)) (* x3 3)) 2))"
    assert repr(read("prod(x - k, k, -1, 1)").plain) == "(* (* (- x (neg 1)) (- x 0)) (- x 1))"
    assert repr(read("x + sum(x, i, 2, 1) + prod(x, i, 2, 1)").plain) == "(+ (+ x 0) 1)"
    nested = read("sum(sum(x_i*x_j, j, i, 3), i, 2, 3)")
    assert repr(nested.plain) == "(+ (+ (* x2 x2) (* x2 x3)) (* x3 x3))"
    assert len(read("sum(100(x_(i+1) - x_i^2)^2 + (1 - x_i)^2, i, 1, 20)").names) == 21
    plain = read("x^2")
    assert plain.plain is plain.tree
