#!/usr/bin/python3 -B
"""access.py PROGRAM SOURCES: every control has a name, every command is an action, and Tab reaches every control.

SOURCES is the folder ui of the source tree, whose tables of commands are what must be there.
"""
import os
import pathlib
import re
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from desktop import Desktop
from studio import Studio, box_of, has_state, is_shown, pump, role, text_of, wait_for, walk
from tap import Tap

MODES = ("compose", "randomize", "render", "review")
# What a user acts upon. Lists, panes and scrolled windows only hold such.
CONTROLS = {"push button", "toggle button", "check box", "radio button", "entry", "text", "password text", "spin button",
            "slider", "combo box", "page tab", "menu item", "switch", "link"}
# Arrow keys move inside these; Tab enters and leaves them.
ARROWS = {"list", "table", "tree table", "list item", "table cell", "page tab list", "menu", "menu bar"}
# Names of types that GTK tells where a program gave none.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Panel|Dio)[A-Z][A-Za-z]*$")
TABS = 300
# GTK's and libadwaita's own buttons in the head of their windows.
HEAD_PX = 47
LIBRARY_WINDOWS = {"Preferences", "Keyboard Shortcuts"}
WINDOW_BUTTONS = {"Minimize", "Maximize", "Close"}
# What holds a mode's page. The bus does not tell which page of a stack is shown, and pages keep their places.
PAGES = {"start": "DioShellStart", "compose": "PanelDock", "randomize": "DioRandomizersPage", "render": "DioJobsPage",
         "review": "DioDeskPage"}
# Commands that need a batch; the journey uses them.
OF_A_BATCH = ("job-", "desk-")


def name_of(node):
    name = node.get_name() or ""
    return "" if TYPE_NAME.match(name) else name.strip()


def walk_with_parents(node, mode=None, parents=()):
    """Nodes below @node with their parents, but for hidden ones and the pages of other modes."""
    if mode is not None and node.get_name() in PAGES.values() and node.get_name() != PAGES[mode]:
        return
    if parents and "Component" in node.get_interfaces() and not is_shown(node):
        return
    yield node, parents
    for i in range(node.get_child_count()):
        child = node.get_child_at_index(i)
        if child is not None:
            yield from walk_with_parents(child, mode, parents + (node,))


def is_part_of_control(parents):
    """The button inside a menu button, the text inside a number field: the whole has the name."""
    return any(role(parent) in CONTROLS - {"page tab"} and name_of(parent) for parent in parents)


def describe(node, parents):
    inside = next((name_of(parent) for parent in reversed(parents) if name_of(parent)), "nothing with a name")
    return f"{role(node)} at {box_of(node)} in {inside}"


class Access:
    """What a user of assistive technologies meets."""

    def __init__(self, studio, sources):
        self.studio = studio
        self.sources = sources
        self.focused = []
        self.listener = Atspi.EventListener.new(self.focus_cb)
        self.listener.register("object:state-changed:focused")

    def focus_cb(self, event, *_):
        if event.detail1:
            self.focused.append(event.source)

    def find_unnamed(self, window, mode=None):
        found = []
        for node, parents in walk_with_parents(window, mode):
            if window.get_name() in LIBRARY_WINDOWS and box_of(node)[1] < HEAD_PX:
                continue
            if role(node) not in CONTROLS or not has_state(node, "focusable") or is_part_of_control(parents):
                continue
            labels = any(text_of(child).strip() for child in walk(node))
            if not name_of(node) and not (labels and role(node) not in ("text", "entry")):
                found.append(describe(node, parents))
        return found

    def show(self, mode):
        self.studio.action(f"win.mode-{mode}")
        tab = self.studio.wait(mode.capitalize(), kind="page tab")
        wait_for(f"the mode {mode}", lambda: has_state(tab, "selected"))

    def names_in(self, mode):
        self.show(mode)
        pump(0.5)
        self.studio.shot(mode)
        unnamed = self.find_unnamed(self.studio.main(), mode)
        assert not unnamed, "without a name:\n" + "\n".join(unnamed)

    def names_in_dialog(self, action):
        before = len(self.studio.windows())
        self.studio.action(action)
        wait_for(f"a window of {action}", lambda: len(self.studio.windows()) > before)
        pump(0.5)
        self.studio.shot(action.split(".")[1])
        unnamed = self.find_unnamed(self.studio.windows()[-1])
        self.studio.key("Escape")
        wait_for(f"the window of {action} to close", lambda: len(self.studio.windows()) == before)
        assert not unnamed, "without a name:\n" + "\n".join(unnamed)

    def list_commands(self):
        """Names in the tables of commands."""
        names = set()
        for path in sorted(self.sources.rglob("*.c")):
            for table in re.findall(r"DioActionInfo \w+\[\] = \{(.*?)\n\};", path.read_text(), re.DOTALL):
                names |= set(re.findall(r'\{\s*(?:\.name = )?"([a-z0-9-]+)"', table))
        return names

    def list_offered(self):
        return {name.removeprefix("win.") for name in self.studio.actions() if name.startswith("win.")}

    def commands(self):
        commands = self.list_commands()
        assert len(commands) > 80, f"only {len(commands)} commands in the sources"
        offered = self.list_offered()
        # GTK offers what can be done now: some commands need a selection, some a history.
        self.studio.click(self.studio.wait("Table", kind="label", root=self.studio.wait("Objects of the scene")))
        for action in ("win.duplicate", "win.undo"):
            wait_for(action, lambda action=action: action in self.studio.actions())
            self.studio.action(action)
            pump(0.5)
            offered |= self.list_offered()
        wait_for("redo", lambda: "win.redo" in self.studio.actions())
        self.studio.action("win.select-all")
        pump(0.5)
        offered |= self.list_offered()
        missing = sorted(name for name in commands - offered if not name.startswith(OF_A_BATCH))
        assert not missing, f"no action for {missing}"
        print(f"# {len(commands)} commands")

    def tab_through(self, mode):
        """Tab visits every control of the mode and comes back to where it began."""
        self.show(mode)
        self.studio.key("Escape")
        visited = []
        for _ in range(TABS):
            self.focused.clear()
            self.studio.xdo("key", "Tab")
            wait_for("the focus to move", lambda: self.focused, 5)
            node = self.focused[-1]
            if node in visited[:2] and len(visited) > 5:
                break
            visited.append(node)
        else:
            raise AssertionError(f"Tab did not come back after {TABS} steps")
        missing = [describe(node, parents) + f": {name_of(node)}"
                   for node, parents in walk_with_parents(self.studio.main(), mode)
                   if role(node) in CONTROLS and has_state(node, "focusable") and has_state(node, "sensitive")
                   and not any(role(parent) in ARROWS for parent in parents) and node.get_name() not in WINDOW_BUTTONS
                   and node not in visited and not any(other in visited for other in walk(node))]
        print(f"# {len(visited)} stops")
        assert not missing, "not reached by Tab:\n" + "\n".join(missing)


def main():
    program, sources = sys.argv[1], pathlib.Path(sys.argv[2])
    output = os.environ.get("DIORAMA_TEST_OUTPUT")
    scenario = sources.parent / "data/scenarios/tabletop.diorama"
    tap = Tap(stop=False)
    with Desktop() as desktop:
        studio = Studio(desktop, program, [scenario], pictures=output and pathlib.Path(output) / "access")
        studio.wait("Objects of the scene")
        access = Access(studio, sources)

        def keep():
            studio.shot("failed")
            for line in studio.read_log().splitlines()[-20:]:
                print(f"# {line}")

        tap.step("every command is an action", access.commands, keep)
        for mode in MODES:
            tap.step(f"every control has a name: {mode}", lambda mode=mode: access.names_in(mode), keep)
        for action in ("win.render-batch", "win.palette", "win.preferences", "win.shortcuts", "win.categories"):
            tap.step(f"every control has a name: {action}", lambda action=action: access.names_in_dialog(action), keep)
        for mode in MODES:
            tap.step(f"Tab reaches every control: {mode}", lambda mode=mode: access.tab_through(mode), keep)
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
