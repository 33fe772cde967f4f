"""A private desktop for one test: X server, session bus, folders; and every process that was ever started on it.

Nothing on it sees or disturbs the desktop of who runs the test, and nothing of it stays: every process carries a mark
in its environment by which it is found again, also those that outlive their parents on purpose, such as the queue.
"""
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time

MARK = "DIORAMA_TEST_DESKTOP"


class Desktop:
    """One X server with one session bus; use as a context manager."""

    def __init__(self, width=1280, height=800):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="diorama-journey-"))
        self.size = (width, height)
        self.env = self._make_env()
        self.servers = []

    def _make_env(self):
        env = {key: value for key, value in os.environ.items()
               if key not in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "GTK_A11Y", "AT_SPI_BUS_ADDRESS", "G_DEBUG")}
        for name in ("runtime", "data", "config", "cache", "state", "home", "tmp"):
            (self.folder / name).mkdir(mode=0o700)
        # Compiling Mesa's shaders anew takes a second.
        shaders = os.environ.get("XDG_CACHE_HOME") or str(pathlib.Path.home() / ".cache")
        env.setdefault("MESA_SHADER_CACHE_DIR", shaders)
        # Cairo draws widgets twenty times faster than OpenGL in software.
        env.setdefault("GSK_RENDERER", "cairo")
        env.update({
            MARK: str(self.folder), "HOME": str(self.folder / "home"), "TMPDIR": str(self.folder / "tmp"),
            "XDG_RUNTIME_DIR": str(self.folder / "runtime"), "XDG_DATA_HOME": str(self.folder / "data"),
            "XDG_CONFIG_HOME": str(self.folder / "config"), "XDG_CACHE_HOME": str(self.folder / "cache"),
            "XDG_STATE_HOME": str(self.folder / "state"), "GDK_BACKEND": "x11", "GSETTINGS_BACKEND": "keyfile",
            "GTK_USE_PORTAL": "0", "GIO_USE_VFS": "local", "LC_ALL": "C.UTF-8", "LIBGL_ALWAYS_SOFTWARE": "1",
            "NO_AT_BRIDGE": "0", "XDG_CURRENT_DESKTOP": "GNOME",
        })
        return env

    def __enter__(self):
        try:
            self._start_x()
            self._start_bus()
        except BaseException:
            self.close()
            raise
        # This process talks to the same servers.
        os.environ.update({key: self.env[key] for key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR")})
        os.environ.pop("GTK_A11Y", None)
        return self

    def __exit__(self, *_):
        self.close()

    def _start_server(self, argv, **options):
        reader, writer = os.pipe()
        argv = [part.replace("{fd}", str(writer)) for part in argv]
        with open(self.folder / f"{pathlib.Path(argv[0]).name}.log", "wb") as log:
            server = subprocess.Popen(argv, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                      pass_fds=[writer], **options)
        os.close(writer)
        self.servers.append(server)
        with os.fdopen(reader) as pipe:
            line = pipe.readline().strip()
        if not line:
            raise RuntimeError(f"{argv[0]} did not start")
        return line

    def _start_x(self):
        width, height = self.size
        for _ in range(5):
            number = self._start_server(["Xvfb", "-displayfd", "{fd}", "-screen", "0", f"{width}x{height}x24",
                                         "+extension", "GLX", "-nolisten", "tcp", "-noreset"])
            self.env["DISPLAY"] = f":{number}"
            # Two servers that start at once may take the same number; then one of them is not to be had.
            asked = subprocess.run(["xdotool", "getdisplaygeometry"], env=self.env, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL, text=True)
            if asked.stdout.split() == [str(width), str(height)]:
                return
            self._stop_server(self.servers.pop())
        raise RuntimeError("no X server can be had")

    @staticmethod
    def _stop_server(server):
        server.terminate()
        server.wait()

    def _start_bus(self):
        address = self._start_server(["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={fd}"])
        self.env["DBUS_SESSION_BUS_ADDRESS"] = address

    def list_processes(self):
        """Of this desktop, but for this process and the servers: {pid: command line}."""
        own = {os.getpid()} | {server.pid for server in self.servers}
        found = {}
        for entry in pathlib.Path("/proc").iterdir():
            if not entry.name.isdigit() or int(entry.name) in own:
                continue
            try:
                environment = (entry / "environ").read_bytes()
                if f"{MARK}={self.folder}".encode() in environment.split(b"\0"):
                    found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode().strip()
            except OSError:
                continue
        return {pid: line for pid, line in found.items() if line}

    def list_diorama(self):
        """The studio's and engine's processes among them."""
        return {pid: line for pid, line in self.list_processes().items()
                if pathlib.Path(line.split()[0]).name.startswith("diorama")}

    def close(self):
        """Ends whatever is left, by its id."""
        for number in (signal.SIGTERM, signal.SIGKILL):
            end = time.monotonic() + 5
            left = self.list_processes()
            for pid in left:
                try:
                    os.kill(pid, number)
                except ProcessLookupError:
                    pass
            while left and time.monotonic() < end:
                time.sleep(0.05)
                left = self.list_processes()
        for server in reversed(self.servers):
            self._stop_server(server)
        self.servers = []
        shutil.rmtree(self.folder, ignore_errors=True)
