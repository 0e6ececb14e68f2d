# SPDX-License-Identifier: BSD-2-Clause
"""The clock of a stack's pool, moved from outside while it runs (libfaketime)."""

import datetime
import glob
import os
import time


def utc(*ymdhms):
    """A moment, as Clock and the tests' calendars take it."""
    return datetime.datetime(*ymdhms, tzinfo=datetime.timezone.utc)


class Clock:
    """
    Starts the pool anew under a clock of its own, which runs, or stands still.  It may be set
    back for the partner API; certificates need row ids that rise with time: go on from latest.
    """

    def __init__(self, stack):
        self.stack = stack
        self.file = stack.dir / "clock"
        self.latest = utc(1970, 1, 1)       # where it has ever been
        self.restart()

    def restart(self):
        """The pool once more, in the present: it starts with nothing that is not yet valid."""
        self.go_to(datetime.datetime.now(datetime.timezone.utc))
        library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        assert library, "libfaketime is missing"
        self.stack.restart("pool", {"LD_PRELOAD": library[0], "FAKETIME_NO_CACHE": "1",
                                    "FAKETIME_TIMESTAMP_FILE": str(self.file),
                                    "FAKETIME_FMT": "%s",
                                    "FAKETIME_DONT_FAKE_MONOTONIC": "1"})

    def _write(self, text):
        """Every process of the pool sees it with its next look at the clock."""
        new = self.file.with_suffix(".new")
        new.write_text(f"{text}\n")
        os.replace(new, self.file)

    def move(self, seconds):
        """On by so many seconds."""
        assert seconds >= 0
        self.go_to(datetime.datetime.now(datetime.timezone.utc) +
                   datetime.timedelta(seconds=self.ahead + seconds))

    def go_to(self, at):
        """It runs on from a moment."""
        self.ahead = round(at.timestamp() - time.time())
        self.latest = max(self.latest, at)
        self._write(f"{self.ahead:+d}")

    def stop_at(self, at):
        """It is that second until it is moved again."""
        self.latest = max(self.latest, at)
        self._write(f"{at.timestamp():.0f}")
