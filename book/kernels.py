"""Kernels forked from one process that has imported what the chapters use, so that a page starts at once.

A stock kernel spends two seconds on imports. Here `multiprocessing`'s fork server imports them once and
each kernel begins as a copy of it. It is a kernel as any other: the same ipykernel, the same messages.
Where nothing can be forked, kernels start as ever.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from importlib.metadata import EntryPoint
from typing import Any

from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

from book import offline

_NAME = "forked"


def forks() -> bool:
    """Tell whether kernels can be forked here; only then can they be taken off the network."""
    return "forkserver" in multiprocessing.get_all_start_methods()


def serve_forked_kernels() -> None:
    """Let every kernel that this process starts be forked, where the system can fork."""
    if not forks():
        return
    os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # the debugger's notice on frozen modules is no news
    multiprocessing.get_context("forkserver").set_forkserver_preload(["book.preloaded"])
    factory = KernelProvisionerFactory.instance()
    factory.provisioners[_NAME] = EntryPoint(_NAME, f"{__name__}:ForkedProvisioner", factory.GROUP_NAME)
    factory.default_provisioner_name = _NAME


class ForkedProvisioner(LocalProvisioner):
    """Start a kernel as a copy of the fork server instead of as a command."""

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Fork, and let the copy serve the connection file; the command of the kernel's file is not run."""
        folder = str(kwargs.get("cwd") or os.getcwd())
        self.process = _Process(self.parent.connection_file, folder, kwargs.get("env", {}))
        self.pid, self.pgid = self.process.pid, None
        return self.connection_info


class _Process:
    """A forked process with the methods of `subprocess.Popen` that a provisioner calls."""

    stdin = stdout = stderr = None

    def __init__(self, connection: str, folder: str, environment: dict[str, str]) -> None:
        context = multiprocessing.get_context("forkserver")
        self._process = context.Process(target=_serve, args=(connection, folder, environment), daemon=True)
        self._process.start()
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _serve(connection: str, folder: str, environment: dict[str, str]) -> None:
    """Be a kernel: what a stock kernel's command does, after its imports."""
    from ipykernel.kernelapp import IPKernelApp

    os.environ.update(environment)
    offline.close_if_asked()
    os.chdir(folder)
    quiet = (f"--IPKernelApp.parent_handle={os.getppid()}", "--IPKernelApp.log_level=40")
    sys.argv = ["ipykernel_launcher", "-f", connection, *quiet]
    IPKernelApp.launch_instance(argv=sys.argv[1:])
