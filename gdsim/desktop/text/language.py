"""The language of the window."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject, QTranslator

from gdsim.assets import asset
from gdsim.errors import GdsimError

#: A language of no people, to see that no text is missed and that longer words have room.
PSEUDO = "xx"
#: The environment variable that offers it: whoever is not at work on the program has no use for it.
DEVELOPMENT = "GDSIM_DEVELOPMENT"
_LETTERS = str.maketrans(
    "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpRrSsTtUuWwYyZz",
    "ÅåƁƀÇçĐđĒēƑƒĜĝĤĥĨĩĴĵĶķĹĺṀṁÑñÖöṔṕŔŕŠšŢţÛûŴŵÝýŽž",
)


class PseudoTranslator(QTranslator):
    """Puts accents on every text and makes it a third longer; what stands in braces is left alone."""

    def translate(
        self,
        context: str,
        sourceText: str,  # noqa: N803 (Qt's own name)
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """The text in the pseudo-language."""
        del context, disambiguation, n
        parts = sourceText.replace("{", "\0{").replace("}", "}\0").split("\0")
        text = "".join(part if part.startswith("{") else part.translate(_LETTERS) for part in parts)
        return text + "·" * max(1, len(sourceText) // 3)

    def isEmpty(self) -> bool:
        """There is always something to say."""
        return False


def use_language(app: QCoreApplication, language: str) -> QObject | None:
    """Translate all texts made from now on; keep what is returned."""
    if language == "en":
        return None
    translator: QTranslator = PseudoTranslator(app)
    if language != PSEUDO:
        translator = QTranslator(app)
        try:
            found = asset("translations", f"gdsim_{language}.qm")
        except (GdsimError, OSError):
            return None
        if not translator.load(str(found)):
            return None
    app.installTranslator(translator)
    return translator
