"""Nine small expressions to differentiate by hand, each a graph with starting numbers and its source, if it has one."""

from __future__ import annotations

from dataclasses import dataclass, field

from dlcore.functions.graph import Graph, Node, Numbers


@dataclass(frozen=True)
class Expression:
    """A graph, its leaves' first numbers, and how it is written (LaTeX); `source` if the numbers are published."""

    graph: Graph
    numbers: Numbers
    formula: str
    source: str = ""


@dataclass
class Sketch:
    """A graph while it is being written down; every method adds a node and returns its place."""

    nodes: list[Node] = field(default_factory=list)
    numbers: list[float] = field(default_factory=list)

    def leaves(self, role: str, **numbers: float) -> list[int]:
        """Leaves of one role; names are written with subscripts (`w1` is w₁)."""
        self.numbers += numbers.values()
        return [self.add(subscripts(name), "leaf", role=role) for name in numbers]

    def add(self, name: str, op: str, *parents: int, constants: Numbers = (), role: str = "hidden") -> int:
        self.nodes.append(Node(name, op, parents, constants, role))
        return len(self.nodes) - 1

    def sum(self, name: str, *parents: int, factors: Numbers = (), plus: float = 0.0, role: str = "hidden") -> int:
        return self.add(name, "sum", *parents, constants=(*(factors or (1.0,) * len(parents)), plus), role=role)

    def minus(self, name: str, first: int, second: int, role: str = "hidden") -> int:
        return self.sum(name, first, second, factors=(1.0, -1.0), role=role)

    def squared_error(self, output: int, target: int) -> None:
        """e = output − target and L = e²."""
        self.add("L", "square", self.minus("e", output, target, role="error"), role="error")

    def expression(self, formula: str, source: str = "") -> Expression:
        return Expression(tuple(self.nodes), tuple(self.numbers), formula, source)


def subscripts(name: str) -> str:
    """w12 → w₁₂."""
    return name.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))


def linear() -> Expression:
    s = Sketch()
    (x,) = s.leaves("input", x=1.5)
    w, b = s.leaves("weight", w=-1.0, b=0.5)
    (t,) = s.leaves("target", t=1.0)
    s.squared_error(s.sum("y", s.add("p", "mul", w, x), b), t)
    return s.expression(r"L = (w x + b - t)^2")


def fan_out() -> Expression:
    s = Sketch()
    a, b = s.leaves("weight", a=2.0, b=-3.0)
    (t,) = s.leaves("target", t=1.0)
    s.squared_error(s.sum("y", s.add("p", "mul", a, b), a), t)
    return s.expression(r"L = (a b + a - t)^2")


def neuron_sum(s: Sketch) -> int:
    """z = w₁x₁ + w₂x₂ + b."""
    x1, x2 = s.leaves("input", x1=1.0, x2=-2.0)
    w1, w2, b = s.leaves("weight", w1=0.5, w2=-0.3, b=0.2)
    return s.sum("z", s.add("p₁", "mul", w1, x1), s.add("p₂", "mul", w2, x2), b)


def neuron() -> Expression:
    s = Sketch()
    z = neuron_sum(s)
    (t,) = s.leaves("target", t=0.0)
    s.squared_error(s.add("y", "sigmoid", z), t)
    return s.expression(r"L = (\sigma(w_1x_1 + w_2x_2 + b) - t)^2")


def neuron_bce() -> Expression:
    s = Sketch()
    z = neuron_sum(s)
    (t,) = s.leaves("target", t=0.0)
    wanted = s.add("q", "mul", t, z, role="error")
    s.minus("L", s.add("s", "softplus", z, role="error"), wanted, role="error")
    return s.expression(r"\begin{aligned}z &= w_1x_1 + w_2x_2 + b\\ L &= \ln(1 + e^z) - t z\end{aligned}")


def unfolded_sigmoid() -> Expression:
    s = Sketch()
    x0, x1 = s.leaves("input", x0=-1.0, x1=-2.0)
    w0, w1, w2 = s.leaves("weight", w0=2.0, w1=-3.0, w2=-3.0)
    z = s.sum("z", s.add("p₀", "mul", w0, x0), s.add("p₁", "mul", w1, x1), w2)
    negative = s.sum("n", z, factors=(-1.0,))
    below = s.sum("d", s.add("u", "exp", negative), plus=1.0)
    s.add("f", "over", below, constants=(1.0,), role="error")
    return s.expression(
        r"f = \dfrac{1}{1 + e^{-(w_0x_0 + w_1x_1 + w_2)}}", "Karpathy, Stanford CS231n notes, “Backprop, intuitions”"
    )


def kink() -> Expression:
    s = Sketch()
    (x,) = s.leaves("input", x=2.0)
    w, b = s.leaves("weight", w=1.0, b=-2.0)
    (t,) = s.leaves("target", t=1.0)
    s.squared_error(s.add("y", "relu", s.sum("z", s.add("p", "mul", w, x), b)), t)
    return s.expression(r"L = (\mathrm{relu}(w x + b) - t)^2")


def baydin() -> Expression:
    s = Sketch()
    x1, x2 = s.leaves("weight", x1=2.0, x2=5.0)
    log, product, sine = s.add("l", "log", x1), s.add("p", "mul", x1, x2), s.add("s", "sin", x2)
    s.sum("y", log, product, sine, factors=(1.0, 1.0, -1.0), role="error")
    return s.expression(r"y = \ln x_1 + x_1x_2 - \sin x_2", "Baydin et al. 2018, JMLR 18(153), Tables 2 and 3")


def micrograd() -> Expression:
    s = Sketch()
    a, b = s.leaves("weight", a=-4.0, b=2.0)
    c = s.sum("c", a, b)
    d = s.sum("d", s.add("p", "mul", a, b), s.add("q", "cube", b))
    c2 = s.sum("c′", c, c, plus=1.0)
    c3 = s.sum("c″", c2, c2, a, factors=(1.0, 1.0, -1.0), plus=1.0)
    r = s.add("r", "relu", s.sum("s", b, a))
    d2 = s.sum("d′", d, d, r, factors=(1.0, 2.0, 1.0))
    r2 = s.add("r′", "relu", s.minus("s′", b, a))
    d3 = s.sum("d″", d2, d2, r2, factors=(1.0, 3.0, 1.0))
    f = s.add("f", "square", s.minus("e", c3, d3))
    s.sum("g", f, s.add("u", "over", f, constants=(10.0,)), factors=(0.5, 1.0), role="error")
    return s.expression(
        r"\begin{aligned}c &= a+b, & c' &= c+(c+1), & c'' &= c'+(1+c'-a)\\"
        r"d &= ab+b^3, & d' &= d+(2d+\mathrm{relu}(b+a)), & d'' &= d'+(3d'+\mathrm{relu}(b-a))\\"
        r"e &= c''-d'', & f &= e^2, & g &= \tfrac f2+\tfrac{10}f\end{aligned}",
        "Karpathy, micrograd, README",
    )


def network() -> Expression:
    s = Sketch()
    x1, x2 = s.leaves("input", x1=1.0, x2=0.5)
    w11, w12, b1 = s.leaves("weight", w11=0.5, w12=-0.4, b1=0.1)
    w21, w22, b2 = s.leaves("weight", w21=-0.6, w22=0.8, b2=-0.1)
    hidden = []
    for number, (first, second, bias) in enumerate(((w11, w12, b1), (w21, w22, b2)), 1):
        products = [s.add(subscripts(f"p{number}{k}"), "mul", w, x) for k, w, x in ((1, first, x1), (2, second, x2))]
        hidden.append(s.add(subscripts(f"h{number}"), "tanh", s.sum(subscripts(f"z{number}"), *products, bias)))
    v1, v2, c = s.leaves("weight", v1=1.0, v2=-1.5, c=0.0)
    parts = [s.add(subscripts(f"s{k}"), "mul", v, h) for k, v, h in ((1, v1, hidden[0]), (2, v2, hidden[1]))]
    y = s.sum("y", *parts, c)
    (t,) = s.leaves("target", t=1.0)
    s.squared_error(y, t)
    return s.expression(
        r"\begin{aligned}h_i &= \tanh(w_{i1}x_1 + w_{i2}x_2 + b_i)\\"
        r"y &= v_1h_1 + v_2h_2 + c,\quad L = (y - t)^2\end{aligned}"
    )


EXPRESSIONS: dict[str, Expression] = {
    "linear": linear(),
    "fan_out": fan_out(),
    "neuron": neuron(),
    "neuron_bce": neuron_bce(),
    "unfolded_sigmoid": unfolded_sigmoid(),
    "kink": kink(),
    "baydin": baydin(),
    "micrograd": micrograd(),
    "network": network(),
}
