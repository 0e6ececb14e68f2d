# SPDX-License-Identifier: BSD-2-Clause
"""A directory that holds a system, under a systemd of its own as process 1.

It has namespaces of its own for processes, mounts, network (loopback alone), host name
and IPC.  Takes root; where a machine does not allow it, BootFailed says what happened.
"""

import contextlib
import pathlib
import subprocess
import time

BOOT_S = 90
# Mounts are private to the namespace: none of them has to be taken away.
SCRIPT = """
set -e
root=$1
mount --make-rprivate /
mount --rbind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sys sys
for where in run tmp sys/fs/cgroup dev; do mount -t tmpfs tmpfs $where; done
if [ "$(stat -f -c %T /sys/fs/cgroup)" = cgroup2fs ]; then
	mount -t cgroup2 cgroup2 sys/fs/cgroup
else
	mkdir sys/fs/cgroup/systemd
	mount -t cgroup -o none,name=systemd cgroup sys/fs/cgroup/systemd
fi
for d in null zero full random urandom tty; do
	: > dev/$d
	mount --bind /dev/$d dev/$d
done
mkdir dev/pts dev/shm old
mount -t devpts -o newinstance,ptmxmode=666 devpts dev/pts
mount -t tmpfs shm dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ip link set lo up
hostname booted
pivot_root . old
umount -l /old
exec env -i container=other PATH=/usr/sbin:/usr/bin:/sbin:/bin \\
	/lib/systemd/systemd --log-target=console < /dev/null
"""


class BootFailed(Exception):
    pass


class Booted:
    """enter: what goes before a command that is to run in it; net: in its network only;
    proc: its /proc, as seen from outside."""

    def __init__(self, root, log):
        with open(log, "wb") as out:
            self.process = subprocess.Popen(
                ["unshare", "--pid", "--mount", "--net", "--uts", "--ipc", "--cgroup", "--fork",
                 "--kill-child", "sh", "-c", SCRIPT, "sh", root], stdin=subprocess.DEVNULL,
                stdout=out, stderr=out)
        try:
            self._wait(log)
        except BaseException:
            self.end()
            raise
        finally:
            with contextlib.suppress(OSError):
                (pathlib.Path(root) / "old").rmdir()

    def _wait(self, log):
        end = time.monotonic() + BOOT_S
        while time.monotonic() < end and self.process.poll() is None:
            time.sleep(0.2)
            pid = self.process.pid
            init = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
            if not init:
                continue
            self.proc = pathlib.Path(f"/proc/{init[0]}/root/proc")
            self.net = ("nsenter", "-t", init[0], "-n")
            self.enter = ("nsenter", "-t", init[0], "-m", "-p", "-n", "-u", "-i", "-r", "-w")
            said = subprocess.run([*self.enter, "/bin/systemctl", "is-system-running"],
                                  capture_output=True, text=True, timeout=30).stdout.strip()
            if said in ("running", "degraded"):
                return
        raise BootFailed(pathlib.Path(log).read_text(errors="replace")[-2000:])

    def end(self):
        if self.process.poll() is None and hasattr(self, "enter"):
            subprocess.run([*self.enter, "/bin/systemctl", "poweroff"], capture_output=True,
                           timeout=30)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(60)
        self.process.kill()
        self.process.wait(10)
