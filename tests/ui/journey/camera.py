"""Takes pictures of the studio on a desktop of its own, in one size, theme, scale and language."""
import dataclasses
import gettext
import subprocess

from desktop import Desktop
from studio import BORDER_PX, Studio, pump, wait_for

# Where the pointer rests: over the empty part of the header bar there are no tooltips.
REST = (240, 12)


@dataclasses.dataclass(frozen=True)
class Look:
    """What one set of pictures looks like."""

    width: int
    height: int
    theme: str
    language: str = ""
    scale: int = 1
    dialogs: bool = True

    @property
    def name(self):
        language = f"-{self.language}" if self.language else ""
        return f"{self.width}x{self.height}-{self.theme}{language}{f'@{self.scale}x' if self.scale > 1 else ''}"


class Camera:
    """A desktop with the studio; use as a context manager."""

    def __init__(self, build, output, look):
        self.build = build
        self.output = output
        self.look = look
        self.border = BORDER_PX * look.scale
        self.size = (look.width * look.scale + 2 * self.border, look.height * look.scale + 2 * self.border)
        self.desktop = Desktop(*self.size)
        self.studio = None
        self.words = gettext.translation("diorama", build / "po", [look.language], fallback=not look.language)

    def __enter__(self):
        self.desktop.__enter__()
        try:
            self._prepare()
        except BaseException:
            self.desktop.close()
            raise
        return self

    def __exit__(self, *_):
        self.desktop.close()

    def _prepare(self):
        """The settings and fonts of a GNOME desktop; animations would only make pictures differ."""
        folder = self.desktop.folder / "config"
        (folder / "gtk-4.0").mkdir(exist_ok=True)
        (folder / "gtk-4.0/settings.ini").write_text(
            "[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=0\ngtk-cursor-blink=0\n")
        (folder / "glib-2.0/settings").mkdir(parents=True, exist_ok=True)
        width, height = (size // self.look.scale for size in self.size)
        (folder / "glib-2.0/settings/keyfile").write_text(
            f"[org/diorama/Studio]\ntheme='{self.look.theme}'\nreviewer='Reviewer'\n\n"
            f"[org/diorama/Studio/window]\nwidth={width}\nheight={height}\n")
        self.desktop.env["LANGUAGE"] = self.look.language
        # Without it, what has round corners and a shadow stands in a black box.
        subprocess.Popen(["xcompmgr", "-n"], env=self.desktop.env, stdin=subprocess.DEVNULL,
                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    @property
    def home(self):
        return self.desktop.folder / "home"

    def say(self, text, context=None):
        """As the studio says it in the language of the pictures."""
        return self.words.pgettext(context, text) if context else self.words.gettext(text)

    def open(self, *arguments):
        scale = {"GDK_SCALE": str(self.look.scale)} if self.look.scale > 1 else {}
        self.studio = Studio(self.desktop, self.build / "ui/shell/diorama", arguments, env=scale)
        return self.studio

    def run_engine(self, *arguments):
        subprocess.run([self.build / "app/cli/diorama-engine", *map(str, arguments)], env=self.desktop.env, check=True,
                       stdout=subprocess.DEVNULL)

    def find_newest(self):
        """The window of the X server that was opened last: it counts upwards."""
        found = subprocess.run(["xdotool", "search", "--onlyvisible", "--pid", str(self.studio.process.pid)],
                               env=self.desktop.env, check=True, stdout=subprocess.PIPE, text=True).stdout.split()
        return str(max(map(int, found)))

    def center(self):
        """What a window manager does with a dialog: the newest window goes to the middle. Returns its node."""
        studio = self.studio
        node = wait_for("another window", lambda: len(studio.windows()) > 1 and studio.windows()[-1])
        pump(0.3)
        newest = self.find_newest()
        shape = subprocess.run(["xdotool", "getwindowgeometry", "--shell", newest], env=self.desktop.env, check=True,
                               stdout=subprocess.PIPE, text=True).stdout
        numbers = dict(line.split("=") for line in shape.split())
        left, top = ((all_ - int(numbers[name])) // 2 for all_, name in zip(self.size, ("WIDTH", "HEIGHT")))
        studio.xdo("windowmove", newest, max(left, 0), max(top, 0))
        studio.origins[node.get_name()] = (max(left, 0) / self.look.scale + BORDER_PX,
                                           max(top, 0) / self.look.scale + BORDER_PX)
        pump(0.3)
        return node

    def take(self, name, rest=True):
        """Without the border that GTK draws where no window manager does."""
        if rest:
            self.studio.xdo("mousemove", *(place * self.look.scale for place in REST))
        pump(0.6)
        path = self.output / f"{self.look.name}-{name}.png"
        width, height = (size - 2 * self.border for size in self.size)
        crop = f"{width}x{height}+{self.border}+{self.border}"
        shot = subprocess.run(["import", "-window", "root", "-crop", crop, "+repage", "png:-"], env=self.desktop.env,
                              check=True, stdout=subprocess.PIPE).stdout
        # 256 colours, not dithered: what differs can hardly be seen, and the file is a quarter.
        subprocess.run(["convert", "-", "+dither", "-colors", "256", f"PNG8:{path}"], input=shot, check=True)
        print(path, flush=True)
