# SPDX-License-Identifier: BSD-2-Clause
"""What the hourly timer runs (design.md 6)."""

import os
import time

import pytest


def test_nonces_are_forgotten(stack, client):
    """NON-04: only the partition of the next hour is emptied; spent nonces stay spent."""
    client.get(client.kid)
    now = int(time.time())
    if not 330 < now % 3600 < 3270:
        pytest.skip("the hour begins or ends")
    spare = (now // 3600 + 1) % 4
    for slot in range(4):
        stack.sql(f"INSERT INTO nonces VALUES ({slot}, UNHEX('{os.urandom(16).hex()}'), 1)")

    def counts():
        return {int(s): int(n) for s, n in
                stack.sql("SELECT slot, COUNT(*) FROM nonces GROUP BY slot")}

    before = counts()
    stack.ctl("housekeeping")
    after = counts()
    assert spare not in after
    assert all(after[s] >= before[s] for s in range(4) if s != spare)
    client.get(client.kid)
