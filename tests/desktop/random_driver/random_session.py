"""The random hand at work inside the event loop: what comes next, and what is told in the end."""

import collections
import faulthandler
import json
import time
import traceback

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QPixmapCache
from PySide6.QtWidgets import QApplication
from random_acts import ACTS, in_dialog, in_popup
from random_hand import Hand
from random_rest import look_at_all, put_back
from random_watch import Watch, threads

#: A single action that takes longer, in seconds, hangs.
_HANG = 120
#: At these actions all is put back as it was at first, and the memory is read.
_CHECKPOINTS = (1000, 2000, 3000, 5000, 7500, 10000, 12500, 15000, 17500, 20000, 30000, 50000, 100000)
_GAPS = (0, 0, 0, 0, 0, 2, 10, 40)


class Session(QObject):
    """A hand at a window, action after action, until all is done or something is wrong."""

    def __init__(self, window, folder, journal, wanted):
        super().__init__()
        self._window, self._journal, self._wanted = window, journal, wanted
        self._watch = Watch(window)
        self._hand = Hand(window, folder, self._watch)
        self._hand.answer_file_dialogs()
        only = set(filter(None, wanted.only.split(",")))
        self._acts = {act: weight for act, weight in ACTS.items() if not only or act.__name__ in only}
        self._number = 0
        self._under_way = []
        self._in_dialog = 0
        self._armed = 0.0
        self._counts = collections.Counter()
        self._marks = {}
        self._ending = False
        self._due = [n for n in _CHECKPOINTS if n <= wanted.actions]
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._turn)

    def begin(self):
        self._begun = time.perf_counter(), time.process_time()
        self._window.installEventFilter(self)
        # the hand may give any key to any command: this one would end the session
        self._window.actions_table.by_name["quit"].setEnabled(False)
        self._watch.start()
        self._timer.start(0)

    def eventFilter(self, watched, event):
        """Note who closes the window, which only the end of the session does."""
        if event.type() == QEvent.Type.Close and not self._ending:
            stack = "".join(traceback.format_stack(limit=12))
            self._note(f"the window is asked to close, spontaneously: {event.spontaneous()}")
            print(f"  the window is asked to close at {self._number}:\n{stack}", flush=True)
        return False

    def _turn(self):
        """Take a turn of the hand; the next is asked for first, as this one may wait in a dialog."""
        if self._watch.faults:
            self._end()
            return
        gap = 0 if self._under_way else self._hand.rng.choice(_GAPS)
        self._timer.start(gap)
        now = time.perf_counter()
        if now > self._armed + _HANG / 10:  # to be told of it takes a thread, made anew
            self._armed = now
            faulthandler.dump_traceback_later(_HANG, exit=True)
        act = self._under_way.pop() if self._under_way else self._next()
        if act is None:
            return
        for _ in act:
            self._under_way.append(act)
            return
        if not self._under_way:
            self._look()

    def _next(self):
        modal, popup = QApplication.activeModalWidget(), QApplication.activePopupWidget()
        if not (modal or popup):
            self._in_dialog = 0
            if self._due and self._number >= self._due[0]:
                return self._checkpoint(self._due.pop(0))
            if self._number >= self._wanted.actions:
                self._end()
                return None
        self._number += 1
        hand = self._hand
        hand.rng.seed(f"{self._wanted.seed} {self._number}")
        if popup is not None:
            kind = in_popup
        elif modal is not None:
            kind = in_dialog
            self._in_dialog += 1
            if self._in_dialog > 8:  # it has been looked at long enough
                modal.reject() if hasattr(modal, "reject") else modal.close()
        else:
            kind = hand.rng.choices(list(self._acts), list(self._acts.values()))[0]
        self._counts[kind.__name__] += 1
        return self._told(kind)

    def _told(self, kind):
        """The act, written down before it is done and as it goes on."""
        name = f"{self._number} {kind.__name__}"
        self._note(name)
        # what it says it is about to do may be the last that is heard of it
        self._hand.tell = lambda text: self._note(f"{name} {text}")
        yield from kind(self._hand)

    def _note(self, text):
        self._watch.doing = text[:160]
        self._journal.write(f"{text[:160]}\n")

    def _look(self):
        if QApplication.activeModalWidget() is None and QApplication.activePopupWidget() is None:
            self._watch.check()

    def _checkpoint(self, number):
        """Read the memory with all as at first; before it is read first, everything has been looked at once."""
        self._note(f"checkpoint {number}")
        if not self._marks:
            yield from look_at_all(self._hand)
        yield from put_back(self._hand)
        # what Qt keeps of pictures, up to a limit, is no leak; nor is what was copied last
        QPixmapCache.clear()
        QApplication.clipboard().clear()
        self._marks[number] = self._watch.memory() | {"seconds": round(time.perf_counter() - self._begun[0], 1)}
        print(f"  at {number}: {json.dumps(self._marks[number])}", flush=True)

    def _end(self):
        self._ending = True
        faulthandler.cancel_dump_traceback_later()
        self._watch.stop()
        self._timer.stop()
        self._under_way.clear()
        app = QApplication.instance()
        for widget in (QApplication.activePopupWidget(), QApplication.activeModalWidget()):
            if widget is not None:
                widget.close()
        self._window.end()
        app.quit()

    def report(self):
        watch = self._watch
        clock, cpu = time.perf_counter() - self._begun[0], time.process_time() - self._begun[1]
        watch.trim()
        if self._number < self._wanted.actions and not watch.faults:
            watch.faults.append(f"the window was closed after {self._number} actions")
        print(f"{self._number} actions with seed {self._wanted.seed} in {clock:.0f} s ({cpu:.0f} s of CPU)")
        print("by kind:", ", ".join(f"{kind} {count}" for kind, count in self._counts.most_common()))
        by_cpu = sorted(watch.stalls, reverse=True)[:8]
        by_clock = sorted(watch.stalls, key=lambda stall: -stall[1])[:4]
        for title, found in (("of CPU", by_cpu), ("by the clock", by_clock)):
            print(f"longest the event loop was held up, {title}:")
            for one in found:
                print(f"  {one[0]:.2f} s of CPU, {one[1]:.2f} s by the clock: {one[2]}")
        if self._marks:
            first, last = min(self._marks), max(self._marks)
            for name in ("kept", "own", "mapped", "used", "blocks", "objects", "widgets"):
                before, after = self._marks[first][name], self._marks[last][name]
                print(f"{name} from {first} to {last} actions: {before}, {after} ({after / max(before, 1) - 1:+.1%})")
        print(f"threads left: {', '.join(threads())}; worker ended: {self._window.session.worker.isFinished()}")
        if watch.faults:
            print(f"{len(watch.faults)} faults; the first:\n{watch.faults[0]}")
        else:
            print("passed")
        return not watch.faults and self._window.session.worker.isFinished()
