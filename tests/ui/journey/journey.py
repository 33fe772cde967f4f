#!/usr/bin/python3 -B
"""journey.py PROGRAM: from an empty document to a checked COCO export, with mouse and keys only.

Pictures of every step go to $DIORAMA_TEST_OUTPUT/journey.
"""
import json
import os
import pathlib
import subprocess
import sys

from desktop import Desktop
from studio import Studio, has_state, is_shown, role, text_of, wait_for, walk
from tap import Tap

READERS = pathlib.Path(__file__).resolve().parent.parent.parent / "readers"
FRAMES = 8
REJECTED = 2
# Fewer colours than this in the viewport: nothing but its ground is drawn yet.
PICTURE_COLORS = 500


class Journey:
    """The steps, in order; each leaves the studio as the next expects it."""

    def __init__(self, desktop, studio):
        self.desktop = desktop
        self.studio = studio
        self.dataset = desktop.folder / "home" / "batch"
        self.target = desktop.folder / "home" / "coco"
        self.places = {}

    # -- What is where

    def place(self, name, kind=None):
        """A part of the window that stays: looked for once."""
        if name not in self.places:
            self.places[name] = self.studio.wait(name, kind=kind)
        return self.places[name]

    def viewport(self):
        return self.place("Viewport", "image")

    def outliner(self):
        return self.place("Objects of the scene", "list")

    def inspector(self):
        return self.place("DioInspectorPanel")

    def position(self, axis="X"):
        return self.studio.value_of(f"Position {axis}", self.inspector())

    def wait_picture(self):
        wait_for("a picture in the viewport", lambda: self.studio.count_colors(self.viewport()) > PICTURE_COLORS)

    def select(self, name):
        """By a click into the outliner."""
        self.studio.click(self.studio.wait(name, kind="label", root=self.outliner()))
        wait_for(f"{name} in the inspector", lambda: self.inspector_title() == name)

    def inspector_title(self):
        return next((text_of(node) for node in walk(self.inspector()) if role(node) == "label" and is_shown(node)), "")

    def count_labels(self, word):
        """How many labels the policy keeps, ignores or drops, as the buttons above the table say."""
        node = self.studio.find(contains=f"{word} ", kind="push button") or self.studio.find(contains=f"{word} ")
        words = (text_of(node) or node.get_name()).split() if node is not None else [""]
        return int(words[-1]) if words[-1].isdigit() else -1

    def wait_labels(self, number):
        """Until the table has as many rows: the picture and labels of the last edit are there."""
        wait_for(f"{number} labels", lambda: sum(map(self.count_labels, ("KEEP", "IGNORE", "DROP"))) == number)

    # -- Compose

    def begin(self):
        self.studio.shot("start")
        self.studio.click(self.studio.wait("New Scene", kind="push button"))
        self.studio.wait("Camera", kind="label", root=self.outliner())
        self.wait_picture()
        self.studio.shot("new-document")

    def look_through(self):
        # A click into the free view gives it the keys.
        self.studio.click(self.viewport(), 0.3, 0.8)
        self.studio.key("0")
        button = self.studio.wait("Look Through the Sensor (0)", kind="push button")
        wait_for("the view through the sensor", lambda: has_state(button, "pressed"))
        self.wait_picture()
        self.studio.shot("through-the-sensor")

    def add_objects(self):
        studio = self.studio
        studio.drag(studio.place_of(studio.shelf_item("Table"), 0.5, 0.3), studio.place_of(self.viewport(), 0.5, 0.75))
        studio.wait("Table", kind="label", root=self.outliner())
        # What is dropped onto the table must hit it in the picture.
        self.wait_labels(2)
        studio.drag(studio.place_of(studio.shelf_item("Bottle"), 0.5, 0.3),
                    studio.place_of(self.viewport(), 0.42, 0.53))
        studio.wait("Bottle", kind="label", root=self.outliner())
        height = wait_for("a height", lambda: self.position("Z"))
        assert float(height) > 0.6, f"the bottle was dropped onto the table and is at {height} m"
        studio.click(studio.shelf_item("Mug"), 0.5, 0.3, count=2)
        studio.wait("Mug", kind="label", root=self.outliner())
        self.wait_labels(4)
        studio.shot("objects")

    def assign_categories(self):
        studio = self.studio
        for number, (name, category) in enumerate((("Table", "table"), ("Bottle", "bottle"), ("Mug", "mug")), 1):
            self.select(name)
            studio.key("c")
            wait_for("the field of categories", lambda: any(role(node) in ("entry", "text") for node in studio.focused()))
            studio.type(category)
            studio.key("Return")
            studio.wait(f"Category: {category}")
            wait_for(f"{number} kept labels", lambda number=number: self.count_labels("KEEP") == number)
        studio.shot("categories")

    def move(self):
        studio = self.studio
        self.select("Bottle")
        self.before = self.position()
        x, y = studio.place_of(self.viewport(), 0.42, 0.45)
        studio.xdo("mousemove", x, y)
        # The middle button, which orbits, gives the viewport the keys and leaves the selection.
        studio.xdo("click", 2)
        studio.key("g")
        for step in range(1, 6):
            studio.xdo("mousemove", x + 12 * step, y)
        studio.key("x")
        studio.xdo("mousemove", x + 90, y)
        studio.shot("moving")
        studio.xdo("click", 1)
        wait_for("another place", lambda: self.position() != self.before)
        self.after = self.position()
        studio.shot("moved")

    def undo_redo(self):
        studio = self.studio
        studio.key("ctrl+z")
        wait_for("the old place", lambda: self.position() == self.before)
        studio.key("ctrl+shift+z")
        wait_for("the new place", lambda: self.position() == self.after)

    # -- Randomize

    def randomize(self):
        studio = self.studio
        studio.click(studio.wait("Randomize Position"))
        studio.wait(contains="drawn by")
        studio.key("ctrl+2")
        studio.wait("Position: Bottle")
        sheet = studio.wait("Contact Sheet", kind="table")
        studio.wait(contains="Frame 15 · 4 objects", root=sheet)
        studio.shot("sheet")

    # -- Render

    def render(self):
        studio = self.studio
        studio.key("ctrl+r")
        studio.wait("Render Batch", kind="frame")
        studio.fill(studio.wait("Frames Frames", kind="spin button"), str(FRAMES))
        studio.fill(studio.wait("Dataset Folder", kind="text"), str(self.dataset), 0.2)
        # The popover of a combo row is left to the keys: the second size is 320 by 240.
        studio.click(studio.wait("Size of Pictures", kind="combo box"), 0.8)
        wait_for("the sizes", lambda: any(role(node) == "list item" for node in studio.focused()))
        studio.key("Down", "Return")
        studio.wait("320 × 240")
        studio.shot("batch")
        studio.click(studio.wait(contains="Render", kind="push button", root=studio.windows()[-1]))
        wait_for("the dialog to close", lambda: len(studio.windows()) == 1)
        studio.wait("Jobs", kind="list")
        studio.shot("rendering")
        studio.wait("Done", kind="label", patience_s=120)
        studio.wait(f"{FRAMES} of {FRAMES}", kind="label")
        studio.wait(f"Frame {FRAMES - 1}", kind="label")
        studio.shot("rendered")

    # -- Review

    def review(self):
        studio = self.studio
        studio.click(studio.wait("Review", kind="push button"))
        grid = studio.wait("Pictures", kind="table")
        for frame in range(FRAMES):
            cell = studio.wait(f"Frame {frame}, Undecided", kind="table cell", root=grid)
            wait_for(f"frame {frame} to be the next", lambda cell=cell: has_state(cell, "selected"))
            studio.key("1" if frame == REJECTED else "a")
            verdict = "Rejected" if frame == REJECTED else "Accepted"
            studio.wait(f"Frame {frame}, {verdict}", kind="table cell", root=grid)
        studio.wait(contains=f"{FRAMES} of {FRAMES} decided, 1 rejected")
        studio.shot("reviewed")

    # -- Export

    def export(self):
        studio = self.studio
        studio.key("ctrl+e")
        dialog = studio.wait("Export Dataset", kind="frame")
        studio.wait("COCO instances", root=dialog)
        studio.fill(studio.wait("Target Folder", kind="text", root=dialog), str(self.target), 0.2)
        studio.shot("export")
        studio.click(studio.wait(contains="Export", kind="push button", root=dialog))
        studio.wait("Exported", kind="label", root=dialog)
        studio.shot("exported")
        studio.key("Escape")
        wait_for("the dialog to close", lambda: len(studio.windows()) == 1)

    def check_files(self):
        """By readers that share nothing with the program."""
        check = subprocess.run([sys.executable, "-B", READERS / "check_coco.py", self.dataset, self.target],
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        print(f"# {check.stdout.strip()}")
        assert check.returncode == 0, check.stdout
        images, used = [], set()
        for path in (self.target / "annotations").glob("*.json"):
            coco = json.loads(path.read_text())
            images += coco["images"]
            names = {category["id"]: category["name"] for category in coco["categories"]}
            used |= {names[annotation["category_id"]] for annotation in coco["annotations"]}
        frames = sorted(image["frame"] for image in images)
        assert frames == [frame for frame in range(FRAMES) if frame != REJECTED], f"frames {frames}"
        assert used == {"table", "bottle", "mug"}, f"annotations of {used}"
        for image in images:
            assert list(self.target.rglob(image["file_name"])), f"{image['file_name']} is missing"
        assert len(list(self.target.rglob("*.png"))) == FRAMES - 1

    # -- End

    def quit(self):
        self.studio.key("ctrl+q")
        # The document was never saved.
        self.studio.click(self.studio.wait(contains="Discard", kind="push button"))
        assert self.studio.process.wait(timeout=60) == 0
        wait_for("every process to leave", lambda: not self.desktop.list_diorama())


def main():
    program = sys.argv[1]
    output = os.environ.get("DIORAMA_TEST_OUTPUT")
    tap = Tap()
    with Desktop() as desktop:
        studio = Studio(desktop, program, pictures=output and pathlib.Path(output) / "journey")
        journey = Journey(desktop, studio)

        def keep():
            studio.shot("failed")
            for line in studio.read_log().splitlines()[-40:]:
                print(f"# {line}")

        for step in (journey.begin, journey.look_through, journey.add_objects, journey.assign_categories, journey.move,
                     journey.undo_redo, journey.randomize, journey.render, journey.review, journey.export,
                     journey.check_files, journey.quit):
            tap.step(step.__name__.replace("_", " "), step, keep)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
