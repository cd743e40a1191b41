"""Modules that are read at the first use of what is in them.

A command's module names the rooms that do its work (``from ostiary.office.batches import running``)
as any module does. While :class:`~.cli.lazy_group.LateGroup` reads it, a room named so is entered
in ``sys.modules`` but not read: ``--help`` ends without the case store, the engines and their four
seconds. The first ``running.run_batch`` reads the room, and all that it names in turn, at once.

1. Only submodules of ``ostiary`` wait, only while :func:`left_unread` is in force, and only when
   the command line names them: what a room names is read with the room, as ever.
2. ``from ostiary.office.batches.running import run_batch`` asks for something in it, so reads it.
3. Modules of libraries that are long to read, and that rooms ask only while they work, wait too,
   whoever names them (:func:`leave_library_modules_unread`).
4. A room is read once, by the first thread that asks; the others wait until it is read.

Python calls this lazy imports (PEP 810) and brings them with 3.15.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from threading import RLock
from types import ModuleType
from typing import Any

_OURS, _FACE = "ostiary.", "ostiary.faces.cli."
_OF_LIBRARIES = frozenset({"pyarrow.compute"})  # it writes each of its functions as it is read
_READING = RLock()
_rooms_being_read: list[str] = []


class _Unread(ModuleType):
    """Stands for a module; whatever is asked of it but its name and place reads it."""

    def __getattr__(self, name: str) -> Any:
        with _READING:
            own = object.__getattribute__(self, "__dict__")
            loader = own.pop("__unread__", None)
            if loader is not None:
                try:
                    with _reading(self.__name__):
                        loader.exec_module(self)
                except BaseException:
                    own["__unread__"] = loader
                    raise
                self.__class__ = ModuleType  # type: ignore[assignment] # mypy: a class is no variable
        return object.__getattribute__(self, name)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    if name.startswith(_FACE):
        yield
        return
    _rooms_being_read.append(name)
    try:
        yield
    finally:
        _rooms_being_read.pop()


class _Later(Loader):
    """Makes a module without reading it."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """Make the module that stands for it."""
        return _Unread(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Remember who reads it."""
        vars(module).update(__loader__=self._loader, __unread__=self._loader)
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader


class _LeavesUnread(MetaPathFinder):
    """Finds our modules, and has them read later."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the place of one of our modules; the others, and packages, are found as ever."""
        if _rooms_being_read or not name.startswith(_OURS):
            return None
        return _unread(name, path, target)


class _LeavesLibrariesUnread(MetaPathFinder):
    """Finds those modules of libraries that wait, and has them read later."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Give the place of one of them; all else is found as ever."""
        return _unread(name, path, target) if name in _OF_LIBRARIES else None


def _unread(name: str, path: Sequence[str] | None, target: ModuleType | None) -> ModuleSpec | None:
    """Give the place of a module that is read later; none for a package."""
    spec = PathFinder.find_spec(name, path, target)
    if spec is None or spec.loader is None or spec.submodule_search_locations is not None:
        return None
    spec.loader = _Later(spec.loader)
    return spec


def leave_library_modules_unread() -> None:
    """Leave some modules of libraries unread until something in them is used, from now on."""
    if not any(isinstance(finder, _LeavesLibrariesUnread) for finder in sys.meta_path):
        sys.meta_path.insert(0, _LeavesLibrariesUnread())


@contextmanager
def left_unread() -> Iterator[None]:
    """Leave our modules unread that are named, but not used, inside the block."""
    finder = _LeavesUnread()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
