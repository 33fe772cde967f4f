#!/usr/bin/python3
"""journey.py PROGRAM: from an empty document to a checked COCO export, with mouse and keys only.

Pictures of every step go to $DIORAMA_TEST_OUTPUT/journey.
"""
import json
import os
import pathlib
import subprocess
import sys

from desktop import Desktop
from studio import Studio, box_of, has_state, is_shown, pump, role, text_of, wait_for, walk
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

    def shelf_item(self, name):
        return self.studio.wait(name, kind="filler", root=self.place("Things to put into the scene"))

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

    def kept(self):
        """How many labels the policy keeps, as the button above the table says."""
        for node in self.studio.find_all(contains="KEEP "):
            words = (node.get_name() or text_of(node)).split()
            if words[-1].isdigit():
                return int(words[-1])
        return None

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
        studio.drag(studio.place_of(self.shelf_item("Table"), 0.5, 0.3), studio.place_of(self.viewport(), 0.5, 0.75))
        studio.wait("Table", kind="label", root=self.outliner())
        # What is dropped onto the table must hit it in the picture.
        self.wait_new_picture()
        studio.drag(studio.place_of(self.shelf_item("Bottle"), 0.5, 0.3),
                    studio.place_of(self.viewport(), 0.42, 0.53))
        studio.wait("Bottle", kind="label", root=self.outliner())
        height = wait_for("a height", lambda: self.position("Z"))
        assert float(height) > 0.6, f"the bottle was dropped onto the table and is at {height} m"
        studio.click(self.shelf_item("Mug"), 0.5, 0.3, count=2)
        studio.wait("Mug", kind="label", root=self.outliner())
        self.wait_new_picture()
        studio.shot("objects")

    def wait_new_picture(self):
        """Until the labels of the last edit are there: the table lists as many objects as the outliner has models."""
        models = [name for name in ("Ground", "Table", "Bottle", "Mug")
                  if self.studio.find(name, kind="label", root=self.outliner())]
        table = self.place("Labels of the sensor")
        for name in models:
            wait_for(f"the label of {name}", lambda: any(text_of(node) == name for node in walk(table)))

    def assign_categories(self):
        studio = self.studio
        for number, (name, category) in enumerate((("Table", "table"), ("Bottle", "bottle"), ("Mug", "mug")), 1):
            self.select(name)
            studio.key("c")
            wait_for("the field of categories", lambda: any(role(node) in ("entry", "text") for node in studio.focused()))
            studio.type(category)
            studio.key("Return")
            studio.wait(f"Category: {category}")
            wait_for(f"{number} kept labels", lambda: self.kept() == number)
        studio.shot("categories")

    def move(self):
        studio = self.studio
        self.select("Bottle")
        self.before = self.position()
        x, y = studio.place_of(self.viewport(), 0.42, 0.45)
        studio.xdo("mousemove", x, y)
        # The keys go to the viewport, whose selection stays: Escape there only ends what is under way.
        studio.action("win.tool-move")
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
                     journey.undo_redo, journey.randomize, journey.render):
            tap.step(step.__name__.replace("_", " "), step, keep)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
