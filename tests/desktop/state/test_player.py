"""The player on a clock of its own."""

import pytest

from gdsim.desktop.state import player as module
from gdsim.desktop.state.player import Player


class Clock:
    now = 100.0

    def perf_counter(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


@pytest.fixture
def player(app, clock):
    player = Player()
    player.set_length(100)
    player.shown = []
    player.moved.connect(player.shown.append)
    yield player
    player.pause()


def tick(player, clock, seconds):
    clock.now += seconds
    player._tick()


def test_it_moves_in_real_time(player, clock):
    player.set_speed(40)
    player.play()
    for _ in range(16):
        tick(player, clock, 1 / 16)
    assert player.step == 40
    assert player.shown == sorted(set(player.shown))


def test_slow_speeds_add_up(player, clock):
    player.set_speed(5)
    player.play()
    for _ in range(100):
        tick(player, clock, 0.016)
    assert player.step == 8


def test_a_late_frame_does_not_make_the_race_jump(player, clock):
    player.set_speed(60)
    player.play()
    tick(player, clock, 30.0)
    assert player.step <= 6


def test_it_stops_at_the_end_and_starts_over(player, clock):
    player.set_speed(1000)
    player.seek(95)
    player.play()
    tick(player, clock, 0.1)
    assert player.step == 100
    assert not player.playing
    player.play()
    assert player.step == 0
    assert player.playing


def test_whole_paths_show_while_something_is_dragged(player, clock):
    player.set_speed(60)
    player.seek(10)
    player.play()
    player.set_whole(True)
    assert player.shown[-1] == player.shown_step == 100
    tick(player, clock, 0.1)
    assert player.step == 10
    player.set_length(40)
    assert player.shown_step == 40
    clock.now += 5
    player.set_whole(False)
    assert player.shown[-1] == player.step == 10
    assert player.playing
    # the time of the drag is not made up for
    tick(player, clock, 1 / 16)
    assert player.step == 13


@pytest.mark.parametrize(("wanted", "got"), [(-5, 0), (0, 0), (60, 60), (100, 100), (1000, 100)])
def test_seeking_stays_within_the_race(player, wanted, got):
    player.play()
    player.seek(wanted)
    assert player.step == got
    assert not player.playing


def test_length(player):
    lengths = []
    player.length_changed.connect(lengths.append)
    player.seek(60)
    player.set_length(100)
    assert lengths == []
    player.set_length(200)
    assert player.step == 60
    player.to_end()
    player.set_length(300)
    assert player.step == 300  # who stood at the end stays there
    player.seek(250)
    player.set_length(20)
    assert player.step == 20
    assert lengths == [200, 300, 20]


def test_pausing_keeps_a_whole_step(player, clock):
    player.set_speed(30)
    player.play()
    tick(player, clock, 0.09)
    player.pause()
    player.forward()
    assert player.step == 3
    states = []
    player.playing_changed.connect(states.append)
    player.toggle()
    player.play()
    player.toggle()
    player.pause()
    assert states == [True, False]


def test_rewinding_goes_on_playing(player, clock):
    player.play()
    tick(player, clock, 0.1)
    player.rewind()
    assert player.step == 0
    assert player.playing


def test_an_empty_race(app, clock):
    player = Player()
    player.play()
    tick(player, clock, 0.1)
    assert player.step == player.last == 0
    player.forward()
    assert player.step == 0
    player.pause()
