"""Where the nodes of a graph are drawn: columns from inputs to output, rows that keep crossings few."""

from __future__ import annotations

from dlcore.functions.graph import Graph, uses

N_SWEEPS = 8


def lay_out(graph: Graph) -> list[tuple[int, float]]:
    """(column, row) of every node.

    A computed node stands right of all it is made from, a leaf just left of its first use. Nodes of one column are at
    least 1 apart; a sweep puts every node at the mean row of its neighbours, as near as that allows.
    """
    columns = find_columns(graph)
    rows = [0.0] * len(graph)
    for members in _by_column(columns):
        for row, place in enumerate(members):
            rows[place] = float(row)
    for _ in range(N_SWEEPS):
        for members in _by_column(columns):
            _settle(graph, members, rows)
    lowest = min(rows)
    return [(column, round(row - lowest, 3)) for column, row in zip(columns, rows, strict=True)]


def find_columns(graph: Graph) -> list[int]:
    """The longest way from a leaf to each computed node; leaves move right, up to their first use."""
    columns = [0] * len(graph)
    for place, node in enumerate(graph):
        if node.parents:
            columns[place] = 1 + max(columns[parent] for parent in node.parents)
    for place, users in enumerate(uses(graph)):
        if graph[place].op == "leaf" and users:
            columns[place] = min(columns[user] for user, _ in users) - 1
    return columns


def _by_column(columns: list[int]) -> list[list[int]]:
    return [[place for place, at in enumerate(columns) if at == column] for column in range(max(columns) + 1)]


def _settle(graph: Graph, members: list[int], rows: list[float]) -> None:
    """Give the members of one column the mean rows of their neighbours, at least 1 apart."""
    users = uses(graph)
    wishes = {}
    for place in members:
        near = [*graph[place].parents, *(user for user, _ in users[place])]
        wishes[place] = sum(rows[other] for other in near) / len(near) if near else rows[place]
    ordered = sorted(members, key=lambda place: (wishes[place], place))
    taken: list[float] = []
    for place in ordered:
        taken.append(max(wishes[place], taken[-1] + 1) if taken else wishes[place])
    shift = sum(row - wishes[place] for place, row in zip(ordered, taken, strict=True)) / len(ordered)
    for place, row in zip(ordered, taken, strict=True):
        rows[place] = row - shift
