"""Kills queues and supervisors anywhere until all jobs are done, and compares with undisturbed jobs.

At every strike the queue, a supervisor or both die by SIGKILL at a random moment; before the next start and after it
the catalog must tell the truth: a job is active only with a supervisor on record, DONE only with all frames, never
worked on by two. Wishes (pause, resume, cancel, retry) come in between. In the end the digest of every dataset must be
that of an undisturbed job.

Usage: queue-storm.py ENGINE SCENARIO [--kills 30] [--frames 40] [--jobs 2] [--seed 1] [--size WxH] [--tap]"""

import argparse
import random
import sqlite3
import sys
import time

import queuelib


class Storm:
    def __init__(self, options, desk):
        self.options, self.desk = options, desk
        self.random = random.Random(options.seed)
        self.kills = {"queue": 0, "supervisor": 0, "both": 0}
        self.queue = None

    def log(self, text):
        print(("# " if self.options.tap else "") + text, flush=True)

    def states(self):
        return {row["id"]: (row["state"], row["progress"]["done"]) for row in self.desk.list()}

    def start(self):
        self.queue = self.desk.start(env={"FAKE_FRAME_MS": "60"})

    def wish(self):
        """What a user may do meanwhile; what the state does not allow is refused with 1."""
        job = self.random.choice(self.desk.list())["id"]
        word = self.random.choice(["pause", "resume", "cancel", "retry"])
        self.desk.queue(word, job, expect=None)

    def check_counts(self):
        """The catalog may lag behind a dataset, but never runs ahead of it."""
        for row in self.desk.list():
            try:
                database = sqlite3.connect(f"file:{row['output']}/dataset.db?mode=ro", uri=True)
                count = database.execute("SELECT count(*) FROM frames WHERE status = 1").fetchone()[0]
                database.close()
            except sqlite3.Error:
                count = 0
            if row["state"] in ("done", "paused", "queued", "cancelled"):
                assert row["progress"]["done"] == count, (row, count)

    def strike(self, number):
        who = self.random.choice(list(self.kills))
        time.sleep(self.random.uniform(0.05, 1.0))
        supervisors = self.desk.processes("render") + self.desk.processes("resume")
        if who != "supervisor":
            self.queue.kill()
        if who != "queue":
            for pid in supervisors:
                self.desk.signal(pid, 9)
        self.kills[who] += 1
        if who != "supervisor":
            self.queue.wait()
            self.desk.assert_tells_the_truth()
            self.start()
        self.log(f"kill {number}: {who}, {len(supervisors)} at work, {self.states()}")
        if self.random.random() < 0.4:
            self.wish()
        self.desk.assert_tells_the_truth()

    def revive(self):
        """Lets everything go on that a wish or too many kills have stopped."""
        for row in self.desk.list():
            if row["state"] in ("paused", "cancelled", "failed", "partly"):
                self.desk.queue("retry", row["id"])

    def run(self):
        self.desk.reference()
        names = [f"set-{i}" for i in range(self.options.jobs)]
        jobs = [self.desk.add(name, "--workers", "1") for name in names]
        self.start()
        for number in range(1, self.options.kills + 1):
            self.strike(number)
            if number % 3 == 0:
                self.revive()
            if all(state == "done" for state, _ in self.states().values()):
                # Again from the start, elsewhere: kills are wanted, not work.
                names.append(f"set-{len(names)}")
                jobs.append(self.desk.add(names[-1], "--workers", "1"))
        end = time.monotonic() + 120
        while not all(state == "done" for state, _ in self.states().values()):
            assert time.monotonic() < end, self.states()
            self.revive()
            time.sleep(0.1)
        self.desk.leave(self.queue)
        self.desk.assert_tells_the_truth()
        self.check_counts()
        for name in names:
            self.desk.assert_whole(name)
        self.log(f"kills {self.kills}, {len(names)} datasets, all equal to undisturbed ones")


def main():
    parser = argparse.ArgumentParser(description="kill -9 of queues and supervisors")
    parser.add_argument("engine")
    parser.add_argument("scenario")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--frames", type=int, default=40)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--size", help="resolution instead of the scenario's")
    parser.add_argument("--tap", action="store_true")
    options = parser.parse_args()
    if options.tap:
        print("1..1", flush=True)
    try:
        with queuelib.Desk(options.engine, options.scenario, options.frames, options.size) as desk:
            Storm(options, desk).run()
    except AssertionError as failure:
        for line in str(failure).splitlines():
            print(f"# {line}")
        print("not ok 1 - queue storm" if options.tap else "FAILED")
        return 1
    print("ok 1 - queue storm" if options.tap else "all equal")
    return 0


if __name__ == "__main__":
    sys.exit(main())
