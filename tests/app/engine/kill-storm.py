"""Kills workers and supervisors of a job at named points until it is done, and compares with an undisturbed job.

At every point (rendering, writing, renaming, committing, exporting) at least --kills processes die by SIGKILL:
workers at the first two, the supervisor at all of the first four, the export program at the last. After every
death of a supervisor the dataset is resumed. In the end the digest must be that of the undisturbed job, the
dataset must be sound, and no temporary or orphan file may remain.

Usage: kill-storm.py ENGINE [SCENARIO] [--frames 500] [--kills 5] [--size WxH] [--no-export] [--folder FOLDER] [--tap]
Every kill is a line of the log: number, point, who, pid, frames done so far."""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import enginelib

TABLETOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), *[os.pardir] * 3, "data", "scenarios",
                        "tabletop.diorama")
POINTS = ("rendering", "writing", "renaming", "committing")
WORKER_POINTS = ("rendering", "writing")


class Storm:
    def __init__(self, options, root):
        self.options = options
        self.folder = os.path.join(root, "storm")
        self.reference = os.path.join(root, "reference")
        self.export = os.path.join(root, "export")
        self.random = random.Random(options.seed)
        self.kills = {point: 0 for point in POINTS + ("exporting",)}
        self.supervisor_kills = 0
        self.number = 0

    def log(self, text):
        print(("# " if self.options.tap else "") + text, flush=True)

    def render_command(self, folder):
        command = [self.options.engine, "render", self.options.scenario, "--output", folder]
        command += ["--frames", str(self.options.frames), "--workers", "2", "--seed", "11"]
        if self.options.size:
            command += ["--size", self.options.size]
        return command

    def done(self):
        try:
            return enginelib.query(self.folder, "SELECT count(*) FROM frames WHERE status = 1")[0][0]
        except Exception:
            return 0

    def note_kill(self, point, who, pid):
        self.number += 1
        self.kills[point] += 1
        self.log(f"kill {self.number}: {point}, {who} {pid}, {self.done()} frames done")

    def start(self, point):
        begun = os.path.exists(os.path.join(self.folder, "dataset.db"))
        command = [self.options.engine, "resume", self.folder, "--workers", "2"]
        env = {"DIORAMA_TEST_PAUSE": f"{point}:250"}
        return enginelib.Run(command if begun else self.render_command(self.folder), env)

    def strike(self, point):
        """One start of the job; a worker or two die where workers pass the point, then the supervisor does.
        FALSE when the job came to its end before."""
        run = self.start(point)
        nth = self.random.randint(1, 2)
        if point in WORKER_POINTS:
            for _ in range(self.random.randint(0, 1)):
                pid = run.wait_for_seam(nth)
                if pid is None:
                    break
                enginelib.kill(pid)
                self.note_kill(point, "worker", pid)
                nth += self.random.randint(1, 2)
        pid = run.wait_for_seam(1 if point == "committing" else nth)
        if pid is None:
            code = run.finish()
            assert code == 0, f"the job ended with {code}:\n{run.text()}"
            return False
        workers = enginelib.workers_of(run.process.pid)
        enginelib.kill(run.process.pid)
        self.note_kill(point, "supervisor", run.process.pid)
        self.supervisor_kills += 1
        run.finish()
        assert enginelib.wait_until_gone(workers), "a worker outlives its supervisor"
        return True

    def advance(self, share):
        """Lets the job do some frames in peace, so that kills hit all parts of it; then it is killed, too: not at
        a named point, but wherever it is."""
        aim = int(self.options.frames * 3 / 4 * share)
        if self.done() >= aim:
            return
        run = self.start("nothing")
        while run.process.poll() is None and self.done() < aim:
            time.sleep(0.05)
        if run.process.poll() is None:
            enginelib.kill(run.process.pid)
            self.log(f"a supervisor is killed anywhere, {self.done()} frames done")
        run.finish()

    def storm(self):
        points = [point for point in POINTS for _ in range(self.options.kills)]
        self.random.shuffle(points)
        for number, point in enumerate(points, 1):
            assert self.strike(point), f"the job was done before enough kills while {point}"
            self.advance(number / len(points))

    def check(self, *command, expect=0):
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        assert result.returncode == expect, f"{command}: {result.returncode}\n{result.stdout}{result.stderr}"
        return result.stdout.strip()

    def kill_exports(self):
        """An export that dies leaves no half-written target: the target is whole or absent."""
        command = [self.options.engine, "export", self.folder, "--format", "coco", "--output", self.export]
        start = time.monotonic()
        self.check(*command)
        duration = time.monotonic() - start
        whole = self.tree(self.export)
        shutil.rmtree(self.export)
        before = self.check(self.options.engine, "digest", self.folder)
        tries = 0
        while self.kills["exporting"] < self.options.kills:
            tries += 1
            assert tries < 20 * self.options.kills, "exports are too quick to be killed"
            run = enginelib.Run(command)
            time.sleep(duration * self.random.uniform(0.05, 0.9))
            if run.process.poll() is None:
                enginelib.kill(run.process.pid)
                self.note_kill("exporting", "export", run.process.pid)
            run.finish()
            if os.path.exists(self.export):
                assert self.tree(self.export) == whole, "a killed export left half a target"
                shutil.rmtree(self.export)
        self.check(*command)
        assert self.tree(self.export) == whole, "the export after the kills is another"
        assert self.check(self.options.engine, "digest", self.folder) == before
        beside = [name for name in os.listdir(os.path.dirname(self.export)) if name not in
                  ("storm", "reference", "export")]
        self.log(f"beside the export: {beside}")

    @staticmethod
    def tree(folder):
        files = []
        for where, _, names in os.walk(folder):
            files += [os.path.relpath(os.path.join(where, name), folder) for name in names]
        return sorted(files)

    def run(self):
        self.log(f"undisturbed job of {self.options.frames} frames")
        self.check(*self.render_command(self.reference))
        expected = self.check(self.options.engine, "digest", self.reference)
        self.storm()
        self.check(self.options.engine, "resume", self.folder, "--workers", "2")
        assert self.done() == self.options.frames
        digest = self.check(self.options.engine, "digest", self.folder)
        self.check(self.options.engine, "verify", self.folder)
        left = enginelib.leftovers(self.folder)
        if self.options.export:
            self.kill_exports()
        result = {
            "frames": self.options.frames,
            "kills": self.kills,
            "supervisor_kills": self.supervisor_kills,
            "digest": digest,
            "digest_undisturbed": expected,
            "leftovers": left,
        }
        self.log(json.dumps(result))
        assert digest == expected, "the digest differs from that of the undisturbed job"
        assert left == [], left


def main():
    parser = argparse.ArgumentParser(description="kill -9 at every point")
    parser.add_argument("engine")
    parser.add_argument("scenario", nargs="?", default=TABLETOP)
    parser.add_argument("--frames", type=int, default=500)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--size", help="resolution instead of the scenario's")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-export", dest="export", action="store_false")
    parser.add_argument("--folder", help="where to work; must exist")
    parser.add_argument("--tap", action="store_true")
    options = parser.parse_args()
    if options.tap:
        print("1..1", flush=True)
    with tempfile.TemporaryDirectory(prefix="dio-storm-", dir=options.folder) as root:
        try:
            Storm(options, root).run()
        except AssertionError as failure:
            for line in str(failure).splitlines():
                print(f"# {line}")
            print("not ok 1 - kill storm" if options.tap else "FAILED")
            return 1
    print("ok 1 - kill storm" if options.tap else "all equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
