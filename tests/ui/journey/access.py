#!/usr/bin/python3 -B
"""access.py PROGRAM SOURCES: every control has a name, every command is an action, Tab reaches every control.

SOURCES is the folder ui of the source tree, whose tables of commands are what must be there.
"""
import os
import pathlib
import re
import subprocess
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402

from desktop import Desktop
from studio import Studio, box_of, has_state, is_shown, pump, role, text_of, wait_for, walk
from tap import Tap

MODES = ("compose", "randomize", "render", "review")
# What a user acts upon. Lists, panes and scrolled windows only hold such.
CONTROLS = {"push button", "toggle button", "check box", "radio button", "entry", "text", "password text",
            "spin button", "slider", "combo box", "page tab", "menu item", "switch", "link"}
# Arrow keys move inside these; Tab enters and leaves them.
ARROWS = {"list", "table", "tree table", "list item", "table cell", "table row", "page tab list", "menu", "menu bar"}
# Names of types that GTK tells where a program gave none.
TYPE_NAME = re.compile(r"^(Gtk|Adw|Panel|Dio)[A-Z][A-Za-z]*$")
# More stops than a page has.
TABS = 200
# GTK's and libadwaita's own buttons in the head of their windows.
HEAD_PX = 47
LIBRARY_WINDOWS = {"Preferences", "Keyboard Shortcuts", "About Diorama"}
WINDOW_BUTTONS = {"Minimize", "Maximize", "Close"}
# What holds a mode's page. The bus does not tell which page of a stack is shown, and pages keep their places.
PAGES = {"start": "DioShellStart", "compose": "PanelDock", "randomize": "DioRandomizersPage", "render": "DioJobsPage",
         "review": "DioDeskPage"}
FRAMES = 4
DIALOGS = ("render-batch", "export-dataset", "verify-dataset", "dataset-statistics", "palette", "preferences",
           "shortcuts", "categories", "about", "help")
# Buttons that open something, by the mode in which they stand.
POPOVERS = {"compose": ("What Is Shown", "Policy", "Document tabletop", "Category: "),
            "randomize": ("Add a Randomizer",),
            "render": (), "review": ()}


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


def has_words(node):
    """A label inside says what it is; what stands in a field to type in does not."""
    return role(node) not in ("text", "entry") and any(text_of(child).strip() for child in walk(node))


def parents_of(node):
    parents = []
    while node.get_parent() is not None:
        node = node.get_parent()
        parents.insert(0, node)
    return parents


def render_batch(desktop, scenario):
    """A job in the user's catalog, so that Render and Review have something to show."""
    engine = os.environ["DIORAMA_ENGINE"]
    dataset = desktop.folder / "home" / "batch"
    options = ["--output", dataset, "--frames", str(FRAMES), "--size", "160x120"]
    subprocess.run([engine, "queue", "add", *options, scenario],
                   env=desktop.env, check=True, stdout=subprocess.DEVNULL)
    return dataset


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

    # -- Names

    def find_unnamed(self, window, mode=None):
        found = []
        for node, parents in walk_with_parents(window, mode):
            if window.get_name() in LIBRARY_WINDOWS and box_of(node)[1] < HEAD_PX:
                continue
            if role(node) not in CONTROLS or not has_state(node, "focusable") or is_part_of_control(parents):
                continue
            if not name_of(node) and not has_words(node):
                found.append(describe(node, parents))
        return found

    def expect_names(self, window, mode=None):
        unnamed = self.find_unnamed(window, mode)
        assert not unnamed, "without a name:\n" + "\n".join(unnamed)

    def show(self, mode):
        self.studio.action(f"win.mode-{mode}")
        tab = self.studio.wait(mode.capitalize(), kind="page tab")
        wait_for(f"the mode {mode}", lambda: has_state(tab, "selected"))

    def names_in(self, mode):
        self.show(mode)
        pump(0.5)
        self.studio.shot(mode)
        self.expect_names(self.studio.main(), mode)

    def names_in_popover(self, mode, name):
        """What opens at a button is closed by Escape."""
        self.show(mode)
        button = self.studio.wait(contains=name, kind="push button")
        # What opens belongs to the button or, where that is the inner one of a menu button, to the whole.
        around = button.get_parent()
        before = len(list(walk(around)))
        self.studio.click(button)
        wait_for(f"something to open at {name}", lambda: len(list(walk(around))) > before)
        pump(0.3)
        self.studio.shot("popover-" + re.sub(r"\W+", "-", name.lower()).strip("-"))
        try:
            self.expect_names(around)
        finally:
            self.studio.key("Escape")
            pump(0.3)

    def names_in_dialog(self, command):
        before = len(self.studio.windows())
        self.studio.action(f"win.{command}")
        wait_for(f"a window of {command}", lambda: len(self.studio.windows()) > before)
        pump(0.7)
        self.studio.shot(command)
        try:
            self.expect_names(self.studio.windows()[-1])
        finally:
            self.studio.key("Escape")
        wait_for(f"the window of {command} to close", lambda: len(self.studio.windows()) == before)

    # -- Commands

    def list_commands(self):
        """Names and labels in the tables of commands."""
        commands = {}
        entry = re.compile(r'\{\s*(?:\.name = )?"([a-z0-9-]+)",\s*(?:\.label = )?N_ \("([^"]*)"')
        for path in sorted(self.sources.rglob("*.c")):
            for table in re.findall(r"DioActionInfo \w+\[\] = \{(.*?)\n\};", path.read_text(), re.DOTALL):
                commands.update(entry.findall(table))
        return commands

    def list_offered(self):
        """The list may change while it is read."""
        names = wait_for("the actions", self.studio.actions)
        return {name.removeprefix("win.") for name in names if name.startswith("win.")}

    def commands(self):
        """GTK offers what can be done now: some commands need a selection, some a history, some a job or a dataset."""
        commands = self.list_commands()
        assert len(commands) > 100, f"only {len(commands)} commands in the sources"
        offered = self.list_offered()
        self.studio.click(self.studio.wait("Table", kind="label", root=self.studio.wait("Objects of the scene")))
        for action in ("duplicate", "undo"):
            wait_for(action, lambda action=action: f"win.{action}" in self.studio.actions())
            self.studio.action(f"win.{action}")
            pump(0.5)
            offered |= self.list_offered()
        wait_for("redo", lambda: "win.redo" in self.studio.actions())
        self.studio.action("win.select-all")
        pump(0.5)
        offered |= self.list_offered()
        self.offered = offered
        self.studio.click(self.studio.wait("Table", kind="label", root=self.studio.wait("Objects of the scene")))

    def commands_with_dataset(self):
        """Those of jobs and verdicts join; then all have been on offer."""
        self.offered |= self.list_offered()
        commands = set(self.list_commands())
        # A job that is done can neither go on nor move, and nothing was lost, decided or reported.
        needs = {"desk-redo", "desk-show-report", "desk-undo", "job-cancel", "job-move-down", "job-move-up",
                 "job-pause", "job-resume", "job-retry", "recovery-discard", "recovery-open"}
        missing = sorted(commands - self.offered - needs)
        assert not missing, f"no action for {missing}"
        print(f"# {len(commands)} commands, {len(commands & self.offered)} on offer")

    def press(self, key):
        """The node that has the focus after @key; None where it stays."""
        self.focused.clear()
        self.studio.xdo("key", key)
        try:
            wait_for("the focus to move", lambda: self.focused, 10)
        except AssertionError:
            return None
        pump(0.05)
        return self.focused[-1]

    # -- Tab

    def stops(self, key):
        """Where Tab stops until it comes back to where it began."""
        visited = []
        for _ in range(TABS):
            node = self.press(key)
            if node is None:
                last = visited[-1] if visited else self.studio.main()
                raise AssertionError(f"{key} does nothing at {describe(last, parents_of(last))}")
            if visited and node == visited[0]:
                return visited
            visited.append(node)
        raise AssertionError(f"{key} did not come back after {TABS} steps")

    def select_rule(self):
        """Its editor is there during the whole walk then: the list may select what Tab comes to."""
        rules = self.studio.wait("Randomizers in Order", kind="list")
        self.studio.click(next(node for node in walk(rules) if role(node) == "list item"))
        self.studio.wait("Name of the Randomizer")
        pump(0.5)

    def tab_through(self, mode):
        """Tab visits every control of the mode, each with a name, and comes back; Shift+Tab goes the same way back."""
        self.show(mode)
        if mode == "randomize":
            self.select_rule()
        visited = self.stops("Tab")
        controls = [(node, parents) for node, parents in walk_with_parents(self.studio.main(), mode)
                    if role(node) in CONTROLS and has_state(node, "focusable") and has_state(node, "sensitive")
                    and not any(role(parent) in ARROWS for parent in parents) and node.get_name() not in WINDOW_BUTTONS]
        missing = [describe(node, parents) + f": {name_of(node)}" for node, parents in controls
                   if node not in visited and not any(other in visited for other in walk(node))]
        print(f"# {len(visited)} stops, {len(controls)} controls")
        assert not missing, "not reached by Tab:\n" + "\n".join(missing)
        silent = [describe(node, parents_of(node)) for node in visited
                  if not name_of(node) and not has_words(node) and not is_part_of_control(parents_of(node))]
        assert not silent, "stops without a name:\n" + "\n".join(silent)
        back = self.stops("shift+Tab")
        one_way = [describe(node, parents_of(node)) for node in visited if node not in back]
        assert not one_way, "not reached by Shift+Tab:\n" + "\n".join(one_way)


def main():
    program, sources = sys.argv[1], pathlib.Path(sys.argv[2])
    output = os.environ.get("DIORAMA_TEST_OUTPUT")
    scenario = sources.parent / "data/scenarios/tabletop.diorama"
    tap = Tap(stop=False)
    with Desktop() as desktop:
        render_batch(desktop, scenario)
        studio = Studio(desktop, program, [scenario], pictures=output and pathlib.Path(output) / "access")
        studio.wait("Objects of the scene")
        access = Access(studio, sources)

        def keep():
            studio.shot("failed")
            for line in studio.read_log().splitlines()[-20:]:
                print(f"# {line}")

        def step(name, function):
            tap.step(name, function, keep)

        def open_dataset():
            access.show("render")
            studio.wait("Done", kind="label", patience_s=120)
            studio.action("win.job-review")
            studio.wait(f"Frame {FRAMES - 1}, Undecided", kind="table cell")
            # What was told of the end of the job goes by itself: Tab would find it once and not again.
            studio.wait_gone(contains="is rendered")

        step("every command is an action", access.commands)
        step("a job is done and its dataset open", open_dataset)
        step("every command is an action, with a dataset", access.commands_with_dataset)
        for mode in MODES:
            step(f"every control has a name: {mode}", lambda mode=mode: access.names_in(mode))
            for name in POPOVERS[mode]:
                step(f"every control has a name: {name}",
                     lambda mode=mode, name=name: access.names_in_popover(mode, name))
        for command in DIALOGS:
            step(f"every control has a name: {command}", lambda command=command: access.names_in_dialog(command))
        for mode in MODES:
            step(f"Tab reaches every control: {mode}", lambda mode=mode: access.tab_through(mode))
    return tap.end()


if __name__ == "__main__":
    sys.exit(main())
