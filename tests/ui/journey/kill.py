#!/usr/bin/python3 -B
"""kill.py PROGRAM: the studio is killed while a scene is edited and while a batch renders; nothing is lost either time.

Pictures go to $DIORAMA_TEST_OUTPUT/kill.
"""
import os
import pathlib
import sqlite3
import sys

from desktop import Desktop
from studio import Studio, wait_for
from tap import Tap

FRAMES = 24


class Kill:
    """One desktop, one studio after the other."""

    def __init__(self, desktop, program, pictures):
        self.desktop = desktop
        self.program = program
        self.pictures = pictures
        self.studio = None
        self.shots = 0
        self.dataset = desktop.folder / "home" / "batch"

    def start(self):
        studio = Studio(self.desktop, self.program, pictures=self.pictures)
        studio.number = self.shots
        self.studio = studio

    def kill(self):
        self.shots = self.studio.number
        self.studio.kill()

    def outliner(self):
        return self.studio.wait("Objects of the scene", kind="list")

    def count_rows(self, name):
        return len(list(self.studio.find_all(name, kind="label", root=self.outliner())))

    def edit_until_kept(self):
        """Two objects; the kill comes when the second is in what is kept for a recovery, not a moment later."""
        self.start()
        self.studio.click(self.studio.wait("New Scene", kind="push button"))
        for name in ("Box", "Sphere"):
            self.studio.click(self.studio.shelf_item(name), 0.5, 0.3, count=2)
            wait_for(f"{name} in the outliner", lambda name=name: self.count_rows(name) == 1)
        wait_for("a recovery file with both", lambda: self.is_kept("sphere") and self.is_kept("box"))
        self.kill()

    def is_kept(self, word):
        """Whether the word is in a whole file: what is still being written under another name is nothing yet."""
        state = self.desktop.folder / "state"
        return any(f'"{word}"'.encode() in path.read_bytes() for path in state.rglob("recovery/*.recovery"))

    def recover(self):
        self.start()
        self.studio.wait(contains="Unsaved changes of")
        self.studio.shot("offered")
        self.studio.click(self.studio.wait(contains="Restore", kind="push button"))
        wait_for("both objects", lambda: self.count_rows("Box") == 1 and self.count_rows("Sphere") == 1)
        self.studio.wait_gone(contains="Unsaved changes of")
        self.studio.shot("recovered")

    def list_done(self):
        """Frames that the dataset says are done; none while there is no dataset."""
        if not (self.dataset / "dataset.db").exists():
            return 0
        with sqlite3.connect(f"file:{self.dataset}/dataset.db?mode=ro", uri=True) as database:
            try:
                return database.execute("SELECT count(*) FROM captures").fetchone()[0]
            except sqlite3.OperationalError:
                return 0

    def kill_while_rendering(self):
        studio = self.studio
        studio.key("ctrl+r")
        studio.wait("Render Batch", kind="frame")
        studio.fill(studio.wait(contains="Frames", kind="spin button"), str(FRAMES))
        studio.fill(studio.wait("Dataset Folder", kind="text"), str(self.dataset), 0.2)
        studio.click(studio.wait(contains="Render", kind="push button", root=studio.windows()[-1]))
        wait_for("the first frames", lambda: self.list_done() > 0)
        studio.shot("rendering")
        before = self.list_done()
        assert before < FRAMES, "the batch was done before the studio could be killed"
        self.kill()
        print(f"# killed after {before} of {FRAMES} frames")

    def finish_alone(self):
        wait_for("all frames without a studio", lambda: self.list_done() == FRAMES, 180)
        wait_for("the queue to leave", lambda: not self.desktop.list_diorama())

    def show_truth(self):
        self.start()
        self.studio.wait("New Scene", kind="push button")
        self.studio.key("ctrl+3")
        jobs = self.studio.wait("Jobs", kind="list")
        self.studio.wait("Done", kind="label", root=jobs)
        self.studio.wait(f"{FRAMES} of {FRAMES}", kind="label", root=jobs)
        self.studio.shot("done")
        assert self.studio.close() == 0

    def leave_nothing(self):
        wait_for("every process to leave", lambda: not self.desktop.list_diorama())


def main():
    output = os.environ.get("DIORAMA_TEST_OUTPUT")
    tap = Tap()
    with Desktop() as desktop:
        test = Kill(desktop, sys.argv[1], output and pathlib.Path(output) / "kill")

        def keep():
            test.studio.shot("failed")
            for line in test.studio.read_log().splitlines()[-40:]:
                print(f"# {line}")

        tap.step("an edit is kept while the studio runs, which is then killed", test.edit_until_kept, keep)
        tap.step("the next studio offers the edit and restores it", test.recover, keep)
        tap.step("the studio is killed during a render", test.kill_while_rendering, keep)
        tap.step("the job finishes without it", test.finish_alone, keep)
        tap.step("another studio shows the job as done", test.show_truth, keep)
        tap.step("no process stays", test.leave_nothing, keep)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
