"""The faults: comparisons turned, numbers off by one, steps left out, and the like.

A fault is named by the function it is in, what stood there, and what stands there now. What cannot
change what the program does is left alone: docstrings, annotations, messages, decorators.
"""

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

_COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
_COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.LShift: ast.RShift,
    ast.RShift: ast.LShift,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
    ast.BitXor: ast.BitOr,
}
_NAME_LENGTH = 90


@dataclass(frozen=True)
class Mutant:
    """A module with one fault.

    Attributes:
        name: ``function: what stood there -> what stands there``, counted when it is there twice.
        tree: the module's syntax tree, to be compiled.
    """

    name: str
    tree: ast.Module


def mutants(source: str) -> Iterator[Mutant]:
    """Give every mutant of a module, in the order of its text."""
    whole = ast.parse(source)
    for name, number, changed in _named(whole):
        tree = copy.deepcopy(whole)
        _replace(tree, list(_places(tree))[number][0], changed)
        yield Mutant(name, ast.fix_missing_locations(tree))


def mutant_names(source: str) -> set[str]:
    """Give the names of all mutants of a module, of which none is made."""
    return {name for name, _, _ in _named(ast.parse(source))}


def _named(whole: ast.Module) -> Iterator[tuple[str, int, ast.AST]]:
    """Give each fault: its name, the number of its place, and what stands there then."""
    seen: Counter[str] = Counter()
    for number, (place, function) in enumerate(_places(whole)):
        for before, after, changed in _faults(place):
            name = f"{function}: {_short(before)} -> {_short(after)}"
            seen[name] += 1
            yield name + (f" ({seen[name]})" if seen[name] > 1 else ""), number, changed


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Walk through all that can be changed, with the function around it."""
    for statement in tree.body:
        yield from _within(statement, "module")


def _within(node: ast.AST, function: str) -> Iterator[tuple[ast.AST, str]]:
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr):
        return
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        function = node.name if function == "module" else f"{function}.{node.name}"
    yield node, function
    for name, value in ast.iter_fields(node):
        if name in {"annotation", "returns", "decorator_list", "bases"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _within(child, function)


def _faults(node: ast.AST) -> Iterator[tuple[ast.AST, ast.AST, ast.AST]]:
    """Give for a node: what stood there, what a person is shown instead, and the new node."""
    if isinstance(node, ast.expr):
        for changed in _changed(node):
            yield node, changed, changed
    elif isinstance(node, ast.stmt):
        for changed_statement in _left_out(node):
            yield node, changed_statement, changed_statement


def _changed(node: ast.expr) -> Iterator[ast.expr]:
    if isinstance(node, ast.Compare):
        yield from _compared(node)
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.BinOp) and type(node.op) in _COMPUTED:
        if not isinstance(node.left, ast.Constant | ast.JoinedStr) or isinstance(
            getattr(node.left, "value", 0), int
        ):
            yield ast.BinOp(node.left, _COMPUTED[type(node.op)](), node.right)
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.IfExp):
        yield ast.IfExp(ast.UnaryOp(ast.Not(), node.test), node.body, node.orelse)


def _compared(node: ast.Compare) -> Iterator[ast.expr]:
    for number, operator in enumerate(node.ops):
        for other in _COMPARED[type(operator)]:
            changed = copy.deepcopy(node)
            changed.ops[number] = other()
            yield changed


def _left_out(node: ast.stmt) -> Iterator[ast.stmt]:
    if isinstance(node, ast.Raise) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        yield ast.Pass()
    elif isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.If | ast.While) and not isinstance(
        node.test, ast.Compare | ast.BoolOp
    ):
        negated = copy.deepcopy(node)
        negated.test = ast.UnaryOp(ast.Not(), node.test)
        yield negated
    elif isinstance(node, ast.AugAssign) and type(node.op) in _COMPUTED:
        yield ast.AugAssign(node.target, _COMPUTED[type(node.op)](), node.value)
    elif isinstance(node, ast.Break):
        yield ast.Continue()
    elif isinstance(node, ast.Continue):
        yield ast.Break()
    elif isinstance(node, ast.Return) and node.value is None:
        yield ast.Pass()


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _replace(tree: ast.AST, target: ast.AST, new: ast.AST) -> None:
    for parent in ast.walk(tree):
        for field, value in ast.iter_fields(parent):
            if value is target:
                setattr(parent, field, new)
                return
            if isinstance(value, list) and any(each is target for each in value):
                value[:] = [new if each is target else cast("ast.AST", each) for each in value]
                return


def _short(node: ast.AST) -> str:
    """Write a node on one line; of a compound statement its first line."""
    text = ast.unparse(node).split("\n")[0]
    return text if len(text) <= _NAME_LENGTH else f"{text[: _NAME_LENGTH - 3]}..."
