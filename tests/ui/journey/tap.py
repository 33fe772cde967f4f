"""Results of steps that build upon each other, in TAP."""
import sys
import time
import traceback


class Tap:
    """Steps run in order; the first that fails ends the test, since the next would stand on nothing, unless @stop is False."""

    def __init__(self, stop=True):
        self.number = 0
        self.failed = False
        self.stop = stop

    def step(self, name, function, when_failed=None):
        """Runs function() unless a step before failed; @when_failed keeps what helps to see why."""
        if self.failed and self.stop:
            return
        self.number += 1
        begin = time.monotonic()
        try:
            function()
        except Exception:
            self.failed = True
            # To both: the runner of the tests shows comments to nobody.
            for line in traceback.format_exc().splitlines():
                print(f"# {line}")
                print(line, file=sys.stderr)
            if when_failed is not None:
                when_failed()
            print(f"not ok {self.number} {name}")
        else:
            print(f"# {time.monotonic() - begin:.1f} s")
            print(f"ok {self.number} {name}")
        sys.stdout.flush()

    def end(self):
        """The exit status."""
        print(f"1..{self.number}")
        return 1 if self.failed else 0
