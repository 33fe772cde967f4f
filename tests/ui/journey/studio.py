"""The studio as a user has it: found and read through the accessibility bus, driven by mouse and keys of the X server."""
import io
import os
import pathlib
import signal
import subprocess
import time

import gi
import PIL.Image

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

# Without a window manager GTK draws a border of its own around windows, which stand in the corner of the screen.
BORDER_PX = 5
PATIENCE_S = float(os.environ.get("DIORAMA_JOURNEY_PATIENCE_S", "60"))
Atspi.set_timeout(10000, 20000)


def pump(seconds=0.0):
    """Lets events of the accessibility bus arrive."""
    context = GLib.MainContext.default()
    end = time.monotonic() + seconds
    while True:
        while context.pending():
            context.iteration(False)
        if time.monotonic() >= end:
            return
        time.sleep(0.01)


def wait_for(what, condition, patience_s=None):
    """The first true value of condition(); AssertionError that names @what when it does not come."""
    end = time.monotonic() + (patience_s or PATIENCE_S)
    while True:
        try:
            value = condition()
        except GLib.Error:
            # A node that went away while it was read.
            value = None
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain for {what}")
        pump(0.05)


def walk(node, hidden=False):
    """All nodes below and with @node, in the order of the tree; without what lies in hidden ones, unless asked for."""
    yield node
    try:
        if not hidden and "Component" in node.get_interfaces() and not is_shown(node):
            return
        children = [node.get_child_at_index(i) for i in range(node.get_child_count())]
    except GLib.Error:
        return
    for child in children:
        if child is not None:
            yield from walk(child, hidden)


def role(node):
    return node.get_role_name()


def text_of(node):
    """What stands in a label or an entry."""
    if "Text" in node.get_interfaces():
        return Atspi.Text.get_text(node, 0, Atspi.Text.get_character_count(node))
    return ""


def box_of(node):
    """Left, top, width and height in its window; all 0 for what takes no room itself."""
    if "Component" not in node.get_interfaces():
        return 0, 0, 0, 0
    extents = node.get_extents(Atspi.CoordType.WINDOW)
    return extents.x, extents.y, extents.width, extents.height


def is_shown(node):
    _, _, width, height = box_of(node)
    return width > 0 and height > 0


def has_state(node, name):
    return name in {state.value_nick for state in node.get_state_set().get_states()}


def matches(node, name=None, kind=None, contains=None):
    if kind is not None and role(node) != kind:
        return False
    if name is not None and node.get_name() != name and text_of(node) != name:
        return False
    return contains is None or contains in (node.get_name() or "") or contains in text_of(node)


class Studio:
    """One run of the program."""

    def __init__(self, desktop, program, arguments=(), pictures=None, env=None):
        self.desktop = desktop
        self.pictures = pathlib.Path(pictures) if pictures else None
        # Pixels of the screen for one of the window.
        self.scale = int((env or {}).get("GDK_SCALE", 1))
        # Where windows were moved to, by title: left and top of their content in pixels of the window.
        self.origins = {}
        self.number = 0
        self.log = desktop.folder / "studio.log"
        full = dict(desktop.env)
        full.update(env or {})
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([program, *map(str, arguments)], env=full, stdin=subprocess.DEVNULL,
                                            stdout=log, stderr=log, cwd=desktop.folder / "home")
        self.app = None
        self.app = wait_for("the studio on the accessibility bus", self._find_app)
        wait_for("a window", lambda: self.windows())

    def _find_app(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the studio ended with {self.process.returncode}:\n{self.read_log()}")
        desktop = Atspi.get_desktop(0)
        for i in range(desktop.get_child_count()):
            app = desktop.get_child_at_index(i)
            if app is not None and app.get_process_id() == self.process.pid and app.get_child_count() > 0:
                return app
        return None

    def read_log(self):
        return self.log.read_text(errors="replace")

    # -- Reading

    def windows(self):
        found = [self.app.get_child_at_index(i) for i in range(self.app.get_child_count())]
        return [node for node in found if node is not None]

    def main(self):
        return self.windows()[0]

    def find(self, name=None, kind=None, contains=None, root=None, shown=True):
        """The first that fits, in all windows, newest first; None without."""
        for node in self.find_all(name, kind, contains, root, shown):
            return node
        return None

    def find_all(self, name=None, kind=None, contains=None, root=None, shown=True):
        for top in [root] if root is not None else reversed(self.windows()):
            for node in walk(top, not shown):
                try:
                    if matches(node, name, kind, contains) and (not shown or is_shown(node)):
                        yield node
                except GLib.Error:
                    continue

    def wait(self, name=None, kind=None, contains=None, root=None, patience_s=None):
        what = " ".join(filter(None, (kind, name and f"“{name}”", contains and f"with “{contains}”")))
        return wait_for(what, lambda: self.find(name, kind, contains, root), patience_s)

    def wait_gone(self, name=None, kind=None, contains=None, root=None, patience_s=None):
        what = " ".join(filter(None, (kind, name and f"“{name}”", contains and f"with “{contains}”")))
        wait_for(f"{what} to go", lambda: self.find(name, kind, contains, root) is None, patience_s)

    def texts(self, root=None):
        """All words that are shown."""
        found = []
        for top in [root] if root is not None else self.windows():
            for node in walk(top):
                try:
                    text = text_of(node) or node.get_name()
                    if text and is_shown(node):
                        found.append(text)
                except GLib.Error:
                    # It went away while it was read.
                    continue
        return found

    # -- Mouse and keys

    def xdo(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.desktop.env, check=True, stdout=subprocess.DEVNULL)
        pump(0.05)

    def place_of(self, node, across=0.5, down=0.5):
        """A point of @node on the screen. Windows stay at the screen's corner: no window manager moves them."""
        x, y, width, height = box_of(node)
        left, top = self.origin_of(node)
        return round(self.scale * (left + x + width * across)), round(self.scale * (top + y + height * down))

    def origin_of(self, node):
        """Where the node's window begins: GTK tells positions from the corner of the window's content."""
        if not self.origins:
            return BORDER_PX, BORDER_PX
        while node.get_parent() is not None and role(node.get_parent()) != "application":
            node = node.get_parent()
        return self.origins.get(node.get_name(), (BORDER_PX, BORDER_PX))

    def move(self, node, across=0.5, down=0.5):
        x, y = self.place_of(node, across, down)
        self.xdo("mousemove", x, y)

    def click(self, node, across=0.5, down=0.5, button=1, count=1):
        self.move(node, across, down)
        self.xdo("click", "--repeat", count, "--delay", 60, button)

    def drag(self, start, end, steps=12, keys=()):
        """From point to point, as a hand does: in steps."""
        (x0, y0), (x1, y1) = start, end
        self.xdo("mousemove", x0, y0)
        self.xdo("mousedown", 1)
        for i in range(1, steps + 1):
            self.xdo("mousemove", round(x0 + (x1 - x0) * i / steps), round(y0 + (y1 - y0) * i / steps))
        self.xdo("mouseup", 1)

    def key(self, *keys):
        for one in keys:
            self.xdo("key", "--delay", 20, one)

    def type(self, text):
        self.xdo("type", "--delay", 25, text)

    def action(self, name):
        """A win.* command, as an assistive technology gives it."""
        frame = self.main()
        for i in range(Atspi.Action.get_n_actions(frame)):
            if Atspi.Action.get_action_name(frame, i) == name:
                Atspi.Action.do_action(frame, i)
                pump(0.05)
                return
        raise AssertionError(f"no action {name}")

    def actions(self):
        frame = self.main()
        return [Atspi.Action.get_action_name(frame, i) for i in range(Atspi.Action.get_n_actions(frame))]

    # -- Places

    def shelf_item(self, name):
        """Found by its name: the shelf has more than it has room for."""
        self.click(self.wait("Search the shelf"))
        self.key("ctrl+a")
        self.type(name)
        shelf = self.wait("Things to put into the scene")
        # The first of all is none of those that are searched for.
        self.wait_gone("Apple", kind="filler", root=shelf)
        return self.wait(name, kind="filler", root=shelf)

    # -- Forms

    def fill(self, node, text, across=0.3):
        """Replaces what stands in a text field."""
        self.click(node, across)
        self.key("ctrl+a")
        self.type(text)

    def focused(self):
        """The nodes that say they have the focus."""
        return [node for top in self.windows() for node in walk(top) if has_state(node, "focused")]

    def value_of(self, name, root=None):
        """The number that a field shows, as text, without its name and unit; "" while there is none."""
        field = self.find(name, kind="spin button", root=root)
        shown = [text_of(node) for node in walk(field) if role(node) == "label"] if field is not None else []
        return next((text for text in shown if any(letter.isdigit() for letter in text)), "")

    # -- Pictures, end

    def grab(self, node):
        """What the screen shows at @node."""
        x, y = self.place_of(node, 0, 0)
        width, height = (self.scale * size for size in box_of(node)[2:])
        png = subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}", "+repage", "png:-"],
                             env=self.desktop.env, check=True, stdout=subprocess.PIPE).stdout
        return PIL.Image.open(io.BytesIO(png)).convert("RGB")

    def count_colors(self, node):
        """How many colours: a place without a picture has few."""
        return len(self.grab(node).getcolors(maxcolors=1 << 24))

    def shot(self, name):
        if self.pictures is None:
            return
        self.pictures.mkdir(parents=True, exist_ok=True)
        self.number += 1
        path = self.pictures / f"{self.number:02d}-{name}.png"
        subprocess.run(["import", "-window", "root", path], env=self.desktop.env, check=True)

    def kill(self):
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self):
        """As the user does; returns the exit status."""
        if self.process.poll() is None:
            self.key("ctrl+q")
        return self.process.wait(timeout=PATIENCE_S)
