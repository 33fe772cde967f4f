#!/usr/bin/python3 -B
"""review.py PROGRAM: a dataset is reviewed with the keys of a real keyboard, and the log says so to another program.

Pictures go to $DIORAMA_TEST_OUTPUT/review.
"""
import json
import os
import pathlib
import subprocess
import sys

from desktop import Desktop
from studio import Studio, has_state, role, wait_for
from tap import Tap

FRAMES = 10
DATA = pathlib.Path(os.environ["DIORAMA_DATA_DIR"])
ENGINE = os.environ["DIORAMA_ENGINE"]


class Review:
    """One desktop, one studio, one dataset; each step goes on from where the one before left it."""

    def __init__(self, desktop, program, pictures):
        self.desktop = desktop
        self.program = program
        self.pictures = pictures
        self.studio = None
        self.dataset = desktop.folder / "home" / "table"

    # -- What is asked

    def engine(self, *arguments):
        return subprocess.run([ENGINE, *map(str, arguments)], env=self.desktop.env, check=True, text=True,
                              stdout=subprocess.PIPE).stdout

    def states(self, *arguments):
        """{frame: (state, reason)} as another program reads the logs."""
        lines = self.engine("review", self.dataset, "--list", "--json", *arguments).splitlines()
        rows = map(json.loads, lines)
        return {row["frame"]: (row["state"], row["reason"]) for row in rows}

    def grid(self):
        return self.studio.wait("Pictures", kind="table")

    def wait_frame(self, frame, state, selected=None):
        cell = self.studio.wait(f"Frame {frame}, {state}", kind="table cell", root=self.grid())
        if selected is not None:
            wait_for(f"frame {frame} to be selected", lambda: has_state(cell, "selected") == selected)
        return cell

    def wait_stored(self, **wanted):
        """Frames by state, as wait_stored(accepted={0}, rejected={1})."""
        def agree():
            states = self.states()
            return all({f for f, (state, _) in states.items() if state == name} == frames
                       for name, frames in wanted.items())
        wait_for(f"{wanted} in the log", agree)

    # -- Steps

    def begin(self):
        self.engine("render", DATA / "scenarios" / "tabletop.diorama", "--output", self.dataset, "--frames", FRAMES,
                    "--size", "160x120", "--workers", 1, "--progress", "none")
        self.studio = Studio(self.desktop, self.program, [self.dataset], pictures=self.pictures)
        self.studio.wait(contains=f"0 of {FRAMES} decided", kind="label")
        self.wait_frame(0, "Undecided", selected=True)

    def decide(self):
        """Each key decides about one picture and goes on to the next that is undecided."""
        for frame, (key, state) in enumerate((("a", "Accepted"), ("3", "Rejected"), ("r", "Rejected"),
                                              ("x", "Flagged"), ("KP_7", "Rejected"))):
            self.wait_frame(frame, "Undecided", selected=True)
            self.studio.key(key)
            self.wait_frame(frame, state, selected=False)
        self.wait_frame(5, "Undecided", selected=True)
        self.wait_stored(accepted={0}, rejected={1, 2, 4}, flagged={3})
        states = self.states()
        assert states[1][1] == states[2][1] != "", states
        assert states[4][1] not in ("", states[1][1]), states
        self.studio.shot("decided")

    def take_back(self):
        self.studio.key("ctrl+z")
        self.wait_frame(4, "Undecided", selected=True)
        self.studio.key("ctrl+z", "ctrl+z")
        self.wait_frame(2, "Undecided", selected=True)
        self.wait_stored(accepted={0}, rejected={1}, flagged=set())
        self.studio.key("ctrl+shift+z")
        self.wait_frame(2, "Rejected", selected=True)
        self.studio.key("u")
        self.wait_frame(2, "Undecided", selected=True)
        self.wait_stored(accepted={0}, rejected={1}, flagged=set())
        # Taking back is undone like everything else.
        self.studio.key("ctrl+z")
        self.wait_frame(2, "Rejected", selected=True)

    def look_closely(self):
        """The large view: next and previous, zoom that stays, a verdict, and back to the same place."""
        self.studio.key("Right", "Return")
        self.studio.wait("Frame 3 · 4 of 10")
        self.studio.key("f")
        self.studio.wait("1:1", kind="label")
        self.studio.key("Right")
        self.studio.wait("Frame 4 · 5 of 10")
        assert self.studio.find("1:1", kind="label") is not None, "the zoom is lost"
        self.studio.shot("large")
        self.studio.key("Left", "a")
        self.studio.wait("Frame 4 · 5 of 10")
        self.wait_stored(accepted={0, 3})
        self.studio.key("Escape")
        self.wait_frame(3, "Accepted", selected=False)
        self.wait_frame(4, "Undecided", selected=True)

    def several_at_once(self):
        self.studio.key("ctrl+a", "x")
        self.wait_stored(flagged=set(range(FRAMES)))
        self.studio.wait(contains=f"Flagged: {FRAMES} items")
        self.studio.key("ctrl+z")
        self.wait_stored(accepted={0, 3}, rejected={1, 2}, flagged=set())
        self.studio.key("Escape")

    def comment(self):
        """Letters belong to the comment while it is written; Enter gives them back."""
        self.studio.click(self.wait_frame(0, "Accepted"), 0.5, 0.4)
        self.studio.key("t")
        wait_for("the comment to be written", lambda: any("text" in role(node) for node in self.studio.focused()))
        self.studio.type("axr 1")
        self.studio.key("Return")
        wait_for("the comment in the log", lambda: list(self.states("--filter", "text=axr")) == [0])
        self.wait_stored(accepted={0, 3}, rejected={1, 2})

    def filter_and_accept(self):
        self.studio.key("ctrl+f")
        self.studio.type("axr")
        self.studio.wait(f"1 of {FRAMES} shown")
        self.studio.key("ctrl+a", "BackSpace")
        self.studio.wait(f"{FRAMES} of {FRAMES} shown")
        self.studio.click(self.studio.wait("Undecided", kind="check box"))
        self.studio.wait(f"6 of {FRAMES} shown")
        # What is out of sight is not accepted unseen: the page goes on.
        for _ in range(FRAMES):
            if not [s for s, _ in self.states().values() if s == "undecided"]:
                break
            before = self.states()
            self.studio.click(self.studio.wait("Accept the Rest", kind="push button"))
            wait_for("some to be accepted", lambda before=before: self.states() != before)
        self.wait_stored(accepted=set(range(FRAMES)) - {1, 2}, rejected={1, 2})
        self.studio.shot("accepted")

    def objects(self):
        self.studio.click(self.studio.wait("Clear", kind="push button"))
        self.studio.click(self.wait_frame(5, "Accepted"), 0.5, 0.4)
        self.studio.key("i")
        self.studio.wait(contains="Frame 5 · ", kind="table cell")
        self.studio.key("2")
        wait_for("a rejected object", lambda: len(self.engine(
            "review", self.dataset, "--objects", "--list", "--filter", "state=rejected").splitlines()) == 1)
        self.studio.shot("objects")

    def open_cause(self):
        """The object after the rejected one is current: its frame is opened, it is selected, the document is new."""
        self.studio.key("e")
        self.studio.wait(contains="Tall mug: ", kind="label")
        wait_for("frame 5", lambda: self.studio.value_of("Frame") == "5")
        self.studio.shot("cause")
        assert not list((self.desktop.folder / "home").rglob("*.diorama")), "nothing was saved"

    def quit(self):
        assert self.studio.close() == 0
        wait_for("every process to leave", lambda: not self.desktop.list_diorama())


def main():
    program = sys.argv[1]
    output = os.environ.get("DIORAMA_TEST_OUTPUT")
    tap = Tap()
    with Desktop() as desktop:
        review = Review(desktop, program, output and pathlib.Path(output) / "review")

        def keep():
            if review.studio is None:
                return
            review.studio.shot("failed")
            for line in review.studio.read_log().splitlines()[-40:]:
                print(f"# {line}")

        for step in (review.begin, review.decide, review.take_back, review.look_closely, review.several_at_once,
                     review.comment, review.filter_and_accept, review.objects, review.open_cause, review.quit):
            tap.step(step.__name__.replace("_", " "), step, keep)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
