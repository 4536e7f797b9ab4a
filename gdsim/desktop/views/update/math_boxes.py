"""Typesetting of a formula in boxes: fast enough to be done anew with every frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QPolygonF

from gdsim.optimizers.compiled.term_formula import SPELLED, Formula, Leaf, Spelled
from gdsim.optimizers.compiled.term_latex import factors

_SUM, _PRODUCT, _ATOM = range(3)
_BETWEEN = {"+": " + ", "-": " − ", "==": " = ", ">=": " ≥ ", "<=": " ≤ ", ">": " > ", "<": " < "}
#: How large an exponent is.
_RAISED = 0.72


class Box:
    """A part of a formula: its size above and below the line it stands on, and how it is drawn."""

    width = 0.0
    ascent = 0.0
    descent = 0.0

    @property
    def height(self) -> float:
        """Height from top to bottom."""
        return self.ascent + self.descent

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw it from x on, standing on the line y."""


class TextBox(Box):
    """Letters, signs or numbers."""

    def __init__(self, text: str, font: QFont, slanted: bool = False) -> None:
        self._text, self._font = text, QFont(font)
        self._font.setItalic(slanted)
        metrics = QFontMetricsF(self._font)
        self.width, self.ascent, self.descent = metrics.horizontalAdvance(text), metrics.ascent(), metrics.descent()

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Write the text."""
        painter.setFont(self._font)
        painter.drawText(QPointF(x, y), self._text)


class RowBox(Box):
    """Boxes beside each other."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._boxes = boxes
        self.width = sum(box.width for box in boxes)
        self.ascent = max((box.ascent for box in boxes), default=0.0)
        self.descent = max((box.descent for box in boxes), default=0.0)

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw one after the other."""
        for box in self._boxes:
            box.draw(painter, x, y)
            x += box.width


class FractionBox(Box):
    """A box over another, with a line between."""

    def __init__(self, top: Box, bottom: Box, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self._top, self._bottom, self._pen = top, bottom, max(1.0, metrics.lineWidth())
        self._axis, self._gap = 0.5 * metrics.xHeight(), 0.12 * metrics.xHeight()
        self.width = max(top.width, bottom.width) + 0.6 * metrics.xHeight()
        self.ascent = self._axis + self._gap + top.height
        self.descent = bottom.height + self._gap - self._axis

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw both in the middle, and the line."""
        level = y - self._axis
        for box, line in (
            (self._top, level - self._gap - self._top.descent),
            (self._bottom, level + self._gap + self._bottom.ascent),
        ):
            box.draw(painter, x + (self.width - box.width) / 2, line)
        painter.setPen(QPen(painter.pen().color(), self._pen))
        painter.drawLine(QPointF(x + 1, level), QPointF(x + self.width - 1, level))


class RootBox(Box):
    """A box under a root."""

    def __init__(self, inside: Box, font: QFont) -> None:
        metrics = QFontMetricsF(font)
        self._inside, self._pen = inside, max(1.0, metrics.lineWidth())
        self._hook = 0.75 * metrics.averageCharWidth() + 2
        self.width, self.ascent, self.descent = inside.width + self._hook + 2, inside.ascent + 1, inside.descent

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw the sign, and what is under it."""
        top, bottom, left = y - self.ascent + 1, y + 0.7 * self.descent, x + self._hook
        sign = [(x, y - 0.4 * self.ascent), (x + 0.35 * self._hook, y - 0.5 * self.ascent)]
        sign += [(x + 0.65 * self._hook, bottom), (left, top), (left + self._inside.width + 1, top)]
        painter.setPen(QPen(painter.pen().color(), self._pen))
        painter.drawPolyline(QPolygonF([QPointF(*at) for at in sign]))
        self._inside.draw(painter, left + 1, y)


class RaisedBox(Box):
    """A box with an exponent."""

    def __init__(self, base: Box, exponent: Box) -> None:
        self._base, self._exponent = base, exponent
        self._rise = max(0.45 * base.ascent, base.ascent - 0.6 * exponent.height)
        self.width = base.width + exponent.width + 1
        self.ascent = max(base.ascent, self._rise + exponent.ascent)
        self.descent = base.descent

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw both."""
        self._base.draw(painter, x, y)
        self._exponent.draw(painter, x + self._base.width + 1, y - self._rise)


class FencedBox(Box):
    """A box between brackets, or bars, as high as it is."""

    def __init__(self, inside: Box, font: QFont, signs: tuple[str, str] = ("(", ")")) -> None:
        self._inside, self._fences = inside, [TextBox(sign, font) for sign in signs]
        self.width = inside.width + sum(fence.width for fence in self._fences)
        self.ascent, self.descent = inside.ascent, inside.descent

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw the box, and stretch the brackets to it."""
        left, right = self._fences
        for fence, at in ((left, x), (right, x + left.width + self._inside.width)):
            painter.save()
            painter.translate(at, y + self._inside.descent)
            painter.scale(1.0, max(1.0, self._inside.height / fence.height))
            fence.draw(painter, 0.0, -fence.descent)
            painter.restore()
        self._inside.draw(painter, x + left.width, y)


class CasesBox(Box):
    """Two lines, of which one holds."""

    def __init__(self, lines: Sequence[Box], font: QFont) -> None:
        self._lines, metrics = lines, QFontMetricsF(font)
        self._brace, self._axis = TextBox("{", font), 0.5 * metrics.xHeight()
        high = sum(line.height for line in lines)
        self.width = self._brace.width + max(line.width for line in lines) + 2
        self.ascent, self.descent = high / 2 + self._axis, high / 2 - self._axis

    def draw(self, painter: QPainter, x: float, y: float) -> None:
        """Draw a brace, and the lines under each other."""
        painter.save()
        painter.translate(x, y + self.descent)
        painter.scale(1.0, self.height / self._brace.height)
        self._brace.draw(painter, 0.0, -self._brace.descent)
        painter.restore()
        top = y - self.ascent
        for line in self._lines:
            line.draw(painter, x + self._brace.width + 2, top + line.ascent)
            top += line.height


def boxes_of(formula: Formula, spelled: Spelled, font: QFont) -> Box:
    """Lay a formula out; `spelled` gives the text of names and numbers."""
    return _Setter(spelled, font).boxed(formula)[0]


def is_name(text: str) -> bool:
    """Tell names, which are slanted, from numbers."""
    return text[:1].isalpha()


class _Setter:
    """Puts parts into boxes, with brackets where they hold together less than their place asks for."""

    def __init__(self, spelled: Spelled, font: QFont) -> None:
        self._spelled, self._font = spelled, font

    def boxed(self, formula: Formula) -> tuple[Box, int]:
        """A box, and how strongly it holds together."""
        if isinstance(formula, Leaf):
            text = self._spelled(formula)
            holds = _SUM if text.startswith("−") else _PRODUCT if "e" in text and not is_name(text) else _ATOM
            return TextBox(text, self._font, is_name(text)), holds
        op, args = formula.op, formula.args
        match op:
            case "neg":
                return RowBox([self._text("−"), self.part(args[0], _PRODUCT)]), _SUM
            case "+" | "-":
                sides = self.part(args[0], _SUM), self._text(_BETWEEN[op]), self.part(args[1], _PRODUCT)
                return RowBox(sides), _SUM
            case "*":
                return self._product(formula), _PRODUCT
            case "/":
                return FractionBox(self.part(args[0], _SUM), self.part(args[1], _SUM), self._font), _ATOM
            case "sqrt":
                return RootBox(self.part(args[0], _SUM), self._font), _ATOM
            case "**":
                return RaisedBox(self.part(args[0], _ATOM), self._small().boxed(args[1])[0]), _ATOM
            case "absolute":
                return FencedBox(self.part(args[0], _SUM), self._font, ("|", "|")), _ATOM
            case "where":
                return self._cases(*args), _SUM
        return self._named(op, args)

    def part(self, formula: Formula, least: int) -> Box:
        """A part in a place that asks for so much."""
        box, holds = self.boxed(formula)
        return box if holds >= least else FencedBox(box, self._font)

    def _product(self, formula: Formula) -> Box:
        found: list[Box] = []
        before = ""
        for factor, power in factors(formula):
            text = self._spelled(factor) if isinstance(factor, Leaf) else ""
            if found:
                # names stand side by side, but two numbers would be one
                numbers = [each for each in (before, text) if each and not is_name(each)]
                found.append(self._text("·" if numbers else "\u2009"))
            box = self.part(factor, _ATOM if power > 1 else _PRODUCT)
            if isinstance(factor, Leaf) and text.startswith("−") and power == 1 and not found:
                box = self.part(factor, _SUM)
            found.append(RaisedBox(box, self._small()._text(str(power))) if power > 1 else box)
            before = text
        return RowBox(found)

    def _cases(self, condition: Formula, yes: Formula, no: Formula) -> Box:
        first = RowBox(
            [
                self.part(yes, _SUM),
                self._text(f"  {QCoreApplication.translate('UpdateView', 'if')} "),
                self.part(condition, _SUM),
            ]
        )
        return CasesBox(
            [first, RowBox([self.part(no, _SUM), self._text(f"  {QCoreApplication.translate('UpdateView', 'else')}")])],
            self._font,
        )

    def _named(self, op: str, args: Sequence[Formula]) -> tuple[Box, int]:
        if op in _BETWEEN:
            sides = self.part(args[0], _SUM), self._text(_BETWEEN[op]), self.part(args[1], _SUM)
            return RowBox(sides), _SUM
        inside: list[Box] = []
        for arg in args:
            inside += [self._text(", ")] * bool(inside) + [self.part(arg, _SUM)]
        name = SPELLED.get(op, op)
        return RowBox([self._text(name), FencedBox(RowBox(inside), self._font)]), _ATOM

    def _text(self, text: str) -> Box:
        return TextBox(text, self._font)

    def _small(self) -> _Setter:
        font = QFont(self._font)
        font.setPointSizeF(_RAISED * font.pointSizeF())
        return _Setter(self._spelled, font)
