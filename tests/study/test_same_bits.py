"""Statistics sum element by element: a library of linear algebra would differ by machine."""

import ast
from pathlib import Path

import sim.study

_OF_LIBRARIES = {"dot", "inner", "matmul", "tensordot", "einsum", "linalg", "cov", "corrcoef"}


def test_no_product_of_matrices() -> None:
    (root,) = sim.study.__path__
    found = [
        path.name
        for path in Path(root).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.MatMult)
        or (isinstance(node, ast.Attribute) and node.attr in _OF_LIBRARIES)
    ]
    assert found == []
