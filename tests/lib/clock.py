# SPDX-License-Identifier: BSD-2-Clause
"""The clock of a stack's pool, moved from outside while it runs (libfaketime)."""

import glob
import os


class Clock:
    """Starts the pool anew under a clock of its own, which can only be moved on."""

    def __init__(self, stack):
        self.file = stack.dir / "clock"
        self.ahead = 0
        self._write()
        library = glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")
        assert library, "libfaketime is missing"
        stack.restart("pool", {"LD_PRELOAD": library[0], "FAKETIME_NO_CACHE": "1",
                               "FAKETIME_TIMESTAMP_FILE": str(self.file),
                               "FAKETIME_DONT_FAKE_MONOTONIC": "1"})

    def _write(self):
        new = self.file.with_suffix(".new")
        new.write_text(f"+{self.ahead}\n")
        os.replace(new, self.file)

    def move(self, seconds):
        """Every process of the pool sees it with its next look at the clock."""
        assert seconds >= 0
        self.ahead += seconds
        self._write()
