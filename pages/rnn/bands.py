"""A curve with its band over the seeds, as the tabs of this page draw it."""

from ui.components import stage


def curve(name: str, label: str, n_seeds: int) -> dict:
    """A curve, and its band where there are several seeds."""
    return stage.series(name, label, *((f"{name}_low", f"{name}_high") if n_seeds > 1 else ()))
