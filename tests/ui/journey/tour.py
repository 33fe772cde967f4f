"""What there is to see in the studio, place by place."""
import shutil
import subprocess
import traceback

from studio import pump, wait_for

MENUS = ("File", "Edit", "View", "Scene", "Dataset", "Help")


class Tour:
    """The steps; each leaves one window open that shows the document or the dataset, without a dialog."""

    def __init__(self, camera, scenario, dataset):
        self.camera = camera
        self.say = camera.say
        self.dataset = camera.home / "Datasets/stop-sign"
        self.dataset.parent.mkdir()
        subprocess.run(["cp", "-r", dataset, self.dataset], check=True)
        self.scenario = camera.home / "Scenes/stop-sign.diorama"
        self.scenario.parent.mkdir()
        shutil.copy(scenario, self.scenario)
        self.failed = []

    @property
    def studio(self):
        return self.camera.studio

    def take(self):
        """All; the names of the steps that failed."""
        camera, dialogs = self.camera, self.camera.look.dialogs
        camera.open()
        self.do(self.take_start)
        self.studio.kill()
        camera.open(self.scenario)
        self.do(self.take_compose, self.take_sensor, self.take_randomize)
        # Only now: a queue at work would slow down what is shown before.
        self.add_jobs()
        self.do(self.take_render)
        if dialogs:
            self.do(self.take_menus, self.take_windows, self.take_properties, self.take_popovers, self.take_batch,
                    self.take_taxonomy, self.take_unsaved)
        self.studio.kill()
        if dialogs:
            camera.open()
            self.do(self.take_recovery, self.take_empty)
            self.studio.kill()
        camera.open(self.dataset)
        self.do(self.take_review)
        if dialogs:
            self.do(self.take_review_parts, self.take_reports, self.take_export)
        self.studio.kill()
        return self.failed

    def do(self, *steps):
        """A step that fails is told of, and the others still come."""
        for step in steps:
            try:
                step()
            except (AssertionError, subprocess.CalledProcessError):
                traceback.print_exc()
                self.failed.append(step.__name__)
                self.camera.take(f"failed-{step.__name__}")
                self.close_dialogs()

    # -- Small steps

    def close_dialogs(self):
        for _ in range(4):
            if len(self.studio.windows()) == 1:
                return
            # As a window manager does: the keys go to the window on top.
            self.studio.xdo("windowfocus", self.camera.find_newest())
            self.studio.key("Escape")
            pump(0.5)

    def take_window(self, action, name, prepare=None):
        """The window that @action opens."""
        self.studio.action(action)
        window = self.camera.center()
        if prepare is not None:
            prepare(window)
        self.camera.take(name)
        self.close_dialogs()
        return window

    def wait_picture(self, colors=2000):
        viewport = self.studio.wait(self.say("Viewport"), kind="image")
        wait_for("a picture in the viewport", lambda: self.studio.count_colors(viewport) > colors)
        pump(3)

    def select(self, name):
        """Found by its name: the list may be scrolled anywhere."""
        studio = self.studio
        search = studio.wait(self.say("Search objects"))
        studio.fill(search, name)
        pump(0.8)
        outliner = studio.wait(self.say("Objects of the scene"), kind="list")
        studio.click(studio.wait(name, kind="label", root=outliner))
        studio.click(search)
        studio.key("Escape")
        pump(0.5)

    # -- Start and Compose

    def take_start(self):
        studio = self.studio
        for name in ("Stop sign", "Tabletop"):
            card = studio.wait(contains=name, kind="push button")
            wait_for("the picture of the example", lambda card=card: studio.count_colors(card) > 1500, 240)
        self.camera.take("start")

    def add_jobs(self):
        """A queue as it stands in the middle of the day: the last is at work when Render is looked at."""
        home = self.camera.home / "Datasets"
        for name, frames, size, options in (("Street, small", 6, "160x120", ()),
                                            ("Street, seed 7", 12, "320x240", ("--seed=7",)),
                                            ("Street, night shift", 500, "640x480", ("--seed=8",))):
            folder = home / name.lower().replace(",", "").replace(" ", "-")
            self.camera.run_engine("queue", "add", self.scenario, "-o", folder, "-n", frames, f"--size={size}",
                                   f"--name={name}", "--workers=1", *options)

    def take_compose(self):
        studio = self.studio
        self.wait_picture()
        # The pictures of the shelf are drawn by the same thread.
        pump(15)
        self.select("Stop sign")
        studio.click(studio.wait(self.say("Move (G)")))
        # There and back: the time that is shown is not that of the first picture, for which all was loaded.
        for action in ("win.next-frame", "win.previous-frame"):
            studio.action(action)
            pump(5)
        self.camera.take("compose")

    def take_sensor(self):
        studio = self.studio
        studio.action("win.look-through-sensor")
        for action in ("win.show-names", "win.show-boxes-3d"):
            studio.action(action)
        pump(3)
        self.camera.take("sensor")
        for action in ("win.look-through-sensor", "win.show-names", "win.show-boxes-3d"):
            studio.action(action)
        pump(1)

    def take_menus(self):
        """The main menu and each of its menus, and that of an object."""
        studio = self.studio
        studio.action("win.mode-compose")
        for i, name in enumerate(MENUS):
            studio.key("F10")
            pump(0.4)
            if i == 0:
                self.camera.take("menu")
            studio.key(*["Down"] * i, "Right")
            pump(0.4)
            self.camera.take(f"menu-{name.lower()}")
            studio.key("Escape")
            pump(0.5)
        self.select("Stop sign")
        outliner = studio.wait(self.say("Objects of the scene"), kind="list")
        studio.click(studio.wait("Stop sign", kind="label", root=outliner), button=3)
        self.camera.take("menu-object", rest=False)
        studio.key("Escape")
        viewport = studio.wait(self.say("Viewport"), kind="image")
        studio.click(viewport, 0.45, 0.4, button=3)
        self.camera.take("menu-viewport", rest=False)
        studio.key("Escape")

    def take_windows(self):
        studio = self.studio
        self.take_window("win.palette", "palette", lambda _: studio.type("r"))
        self.take_window("win.shortcuts", "shortcuts")
        self.take_window("win.preferences", "preferences")
        self.take_window("win.about", "about")

    def scroll_properties(self, steps):
        studio = self.studio
        studio.move(studio.wait("DioInspectorPanel"), 0.3, 0.6)
        studio.xdo("click", "--repeat", steps, "--delay", 20, 5)
        pump(0.5)

    def take_properties(self):
        """What the inspector shows of each kind of thing."""
        studio = self.studio
        for name, shot in (("Camera", "sensor"), ("Sky by day", "light"), ("Stop sign", "model")):
            self.select(name)
            self.camera.take(f"properties-{shot}")
            self.scroll_properties(40)
            self.camera.take(f"properties-{shot}-end")
        self.select("Camera")
        self.take_window("win.read-calibration", "calibration")
        studio.key("ctrl+a")

    def take_popovers(self):
        studio = self.studio
        self.select("Stop sign")
        studio.action("win.category")
        pump(0.4)
        self.camera.take("category")
        studio.key("Escape")
        studio.action("win.label-policy")
        pump(0.4)
        self.camera.take("policy")
        studio.key("Escape")
        for name, shot in ((self.say("What Is Shown"), "overlays"), ("stop-sign", "document")):
            studio.click(studio.wait(contains=name, kind="push button"))
            pump(0.5)
            self.camera.take(shot)
            studio.key("Escape")

    def take_batch(self):
        # A few trial frames tell time and disk.
        self.take_window("win.render-batch", "batch", lambda _: pump(12))

    def take_taxonomy(self):
        studio = self.studio

        def choose(window):
            row = studio.find("stop sign", kind="label", root=window)
            if row is not None:
                studio.click(row)
        self.take_window("win.categories", "categories", choose)

    def take_unsaved(self):
        studio = self.studio
        studio.action("win.mode-compose")
        self.select("Bench")
        studio.action("win.delete")
        pump(1)
        self.camera.take("toast")
        self.take_window("win.quit", "unsaved")
        # What was edited reaches the disk, for the next start to find.
        pump(6)

    # -- Randomize and Render

    def take_randomize(self):
        studio = self.studio
        studio.action("win.mode-randomize")
        rows = studio.wait(self.say("Randomizers in Order"), kind="list")
        sheet = studio.wait(self.say("Contact Sheet"))
        wait_for("16 frames", lambda: studio.find(contains="15 · ", kind="label", root=sheet), 240)
        search = studio.wait(self.say("Search Rules"))
        studio.fill(search, "much of the sign")
        pump(0.8)
        studio.click(studio.wait("How much of the sign is seen", kind="label", root=rows))
        studio.click(search)
        studio.key("Escape")
        pump(2)
        self.camera.take("randomize")
        if self.camera.look.dialogs:
            studio.action("win.randomizer-add")
            pump(0.5)
            self.camera.take("randomizer-add")
            studio.key("Escape")
            studio.key("End")
            pump(1)
            self.camera.take("randomize-end")

    def take_render(self):
        studio = self.studio
        studio.action("win.mode-render")
        rows = studio.wait(self.say("Jobs"), kind="list")
        studio.click(studio.wait("Street, night shift", kind="label", root=rows))
        # Pictures have many colours, all else few.
        wait_for("pictures of the job", lambda: studio.count_colors(studio.main()) > 5000, 120)
        pump(6)
        self.camera.take("render")
        studio.action("win.job-cancel")
        studio.click(studio.find("Street, seed 7", kind="label", root=rows))
        pump(1)
        self.camera.take("render-done")

    # -- Start again

    def take_recovery(self):
        self.studio.wait(self.say("Restore"))
        self.camera.take("recovery")

    def take_empty(self):
        """What each mode says when there is nothing yet."""
        studio = self.studio
        studio.action("win.new")
        self.wait_picture(50)
        self.camera.take("empty-compose")
        for mode in ("randomize", "review"):
            studio.action(f"win.mode-{mode}")
            pump(0.5)
            self.camera.take(f"empty-{mode}")
        studio.action("win.recovery-discard")

    # -- Review

    def take_review(self):
        studio = self.studio
        grid = studio.wait(self.say("Pictures"), kind="table")
        wait_for("pictures in the grid", lambda: studio.count_colors(grid) > 5000)
        studio.click(studio.wait(kind="table cell", root=grid))
        for key in ("a", "a", "1", "a", "x", "a"):
            studio.key(key)
            pump(0.6)
        pump(6)
        self.camera.take("review")
        studio.key("Return")
        pump(2)
        self.camera.take("large")
        studio.key("Escape")
        studio.key("s")
        studio.wait(contains=self.say("Position in the Picture"))
        pump(2)
        self.camera.take("statistics")
        studio.key("g")
        pump(0.5)

    def take_review_parts(self):
        studio = self.studio
        studio.key("i")
        pump(2)
        self.camera.take("objects")
        studio.key("i")
        pump(1)
        causes = studio.find(self.say("Causes"), kind="toggle button") or studio.find(self.say("Causes"))
        if causes is not None:
            studio.click(causes)
            pump(1)
            self.camera.take("causes")
            studio.key("Escape")
        audit = studio.find(self.say("Random Audit"))
        if audit is not None:
            studio.click(audit)
            pump(1)
            self.camera.take("audit")
            studio.action("win.desk-queue-all")

    def take_reports(self):
        for action, name in (("win.verify-dataset", "verify"), ("win.dataset-statistics", "numbers")):
            self.take_window(action, name, lambda _: pump(4))

    def take_export(self):
        studio = self.studio
        studio.action("win.export-dataset")
        window = self.camera.center()
        pump(1)
        self.camera.take("export")
        button = next(node for node in studio.find_all(kind="push button", root=window)
                      if self.say("Export") in (node.get_name() or ""))
        studio.click(button)
        studio.wait(self.say("Exported"), kind="label", root=window)
        self.camera.take("exported")
        self.close_dialogs()
