#!/usr/bin/env python3
"""Runs one command and tells what it cost, as one JSON object on standard output.

    measure.py [--output FILE] COMMAND [ARGUMENT…]

cpu_s is user and system time of the command and of all it started and waited for; peak_mb is the most memory it
held at once (resident, MB of 1,000,000 bytes). The command's own output goes to FILE, else to standard error.
"""
import json
import os
import sys
import time


def measure(command, output=None, environment=None):
    """Runs a command to its end. Returns exit status, cpu_s, wall_s, peak_mb."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        try:
            target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644) if output else 2
            os.dup2(target, 1)
            if output:
                os.dup2(target, 2)
            os.execvpe(command[0], command, environment or os.environ)
        except OSError as error:
            os.write(2, ("measure: %s: %s\n" % (command[0], error)).encode())
        finally:
            os._exit(127)
    _, status, used = os.wait4(child, 0)
    return {"exit": os.waitstatus_to_exitcode(status), "cpu_s": round(used.ru_utime + used.ru_stime, 3),
            "user_s": round(used.ru_utime, 3), "system_s": round(used.ru_stime, 3),
            "wall_s": round(time.monotonic() - start, 3), "peak_mb": round(used.ru_maxrss * 1024 / 1e6, 1)}


def main():
    command, output = sys.argv[1:], None
    if command[:1] == ["--output"]:
        output, command = command[1], command[2:]
    if not command:
        sys.exit(__doc__)
    figures = measure(command, output)
    print(json.dumps(figures))
    sys.exit(figures["exit"] if figures["exit"] >= 0 else 1)


if __name__ == "__main__":
    main()
