"""The process from which kernels are forked: it imports once what every notebook needs, and keeps nothing else.

Run as `python -m weekrapport.reporting.fork_server`. It says on standard output whether it may fork, then reads one
JSON line per kernel on standard input and answers with its process id. It ends when standard input does, so at the
latest when the run does; its kernels notice that and end too.

A process with threads must not fork: a lock that another thread holds stays locked in the child for ever. The libraries
are told to start none (`LIBRARIES_WITHOUT_THREADS`), and it is looked up, not assumed.
"""

from __future__ import annotations

import gc
import json
import os
import random
import signal
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

LIBRARIES_WITHOUT_THREADS = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""Environment in which the libraries start no thread of their own."""
READY = "ready"
_KERNEL_MODULES = (
    *("IPython.core.magics", "IPython.core.pylabtools", "IPython.extensions.storemagic", "matplotlib_inline.config"),
    *("ipykernel.debugger", "ipykernel.ipkernel", "ipykernel.kernelapp", "ipykernel.zmqshell"),
    *("psutil", "tornado.platform.asyncio"),
)
"""What a kernel imports between its start and its first cell."""


def main() -> None:
    """Import, say whether it may fork, and fork a kernel for every line."""
    from weekrapport.reporting.preload import warm_up

    for name in _KERNEL_MODULES:
        import_module(name)
    warm_up()
    threads = _threads()
    _answer(READY if len(threads) == 1 else f"has threads: {', '.join(threads)}")
    gc.collect()
    gc.freeze()  # the memory of what was imported stays shared with the kernels
    signal.signal(signal.SIGCHLD, _bury)
    for line in sys.stdin:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            try:
                _become_kernel(request)
            finally:
                os._exit(1)
        _answer(str(pid))
    _bury()
    os._exit(0)  # nothing to take apart


def _bury(*_signal: object) -> None:
    """Take leave of the kernels that ended, so that none stays a zombie and what they used is counted."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:  # none is left
        pass


def _answer(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _threads() -> list[str]:
    """Return the name of each thread of this process, also of those that Python does not know."""
    return [(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]


def _become_kernel(request: dict[str, Any]) -> None:
    """Turn this fresh child into the kernel that was asked for; does not return before the kernel ends."""
    os.setsid()  # a group of its own: a signal to the kernel reaches nobody else
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(request["env"])
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)  # standard output carries the answers of the server
    os.chdir(request["cwd"])
    # Jupyter reads the parent from the environment when it is imported, which was long ago.
    arguments = [*request["arguments"], f"--IPKernelApp.parent_handle={os.getppid()}"]
    sys.argv = ["ipykernel_launcher", *arguments]
    sys.path.insert(0, "")
    _draw_own_random_numbers()
    _serve_notebook(arguments)


def _draw_own_random_numbers() -> None:
    """Seed anew what would otherwise give the same numbers in every kernel."""
    import numpy as np

    random.seed()
    np.random.seed()  # it is the state of the old generator that a fork copies


def _serve_notebook(arguments: list[str]) -> None:
    from ipykernel.kernelapp import IPKernelApp

    app = IPKernelApp.instance()
    app.initialize(arguments)
    app.start()
    os._exit(0)  # as the end of a process that has only itself to leave


if __name__ == "__main__":
    main()
