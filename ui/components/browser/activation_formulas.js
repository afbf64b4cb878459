// Each activation and its derivative as a formula, and again with the reader's numbers in it. ^{…} is an exponent.

const digits = (value) => {
  if (value === 0) return "0";
  const size = Math.abs(value);
  const text = size < 1e-3 || size >= 1e5 ? powerOfTen(value) : String(Number(value.toPrecision(4)));
  return text.replace(/-/g, "−");
};
const inside = (value) => (value < 0 ? `(${digits(value)})` : digits(value));

function powerOfTen(value) {
  const [mantissa, exponent] = value.toExponential(2).split("e");
  return `${Number(mantissa)} · 10^{${Number(exponent)}}`;
}

const piece = (x, right, left) => (x > 0 ? `${digits(x)} > 0 ⇒ ${right}` : `${digits(x)} ≤ 0 ⇒ ${left}`);
const exponential = (x) => `e^{${digits(x)}}`;

function writeLeaky(x, slope) {
  return {
    f: ["x (x > 0),  α · x (x ≤ 0)", piece(x, digits(x), `${inside(slope)} · ${inside(x)}`)],
    df: ["1 (x > 0),  α (x ≤ 0)", piece(x, "1", digits(slope))],
  };
}

const FORMULAS = {
  identity: (x) => ({ f: ["x", digits(x)], df: ["1", "1"] }),
  sigmoid: (x) => {
    const s = digits(logistic(x));
    return {
      f: ["1 / (1 + e^{−x})", `1 / (1 + ${exponential(-x)}) = 1 / (1 + ${digits(Math.exp(-x))})`],
      df: ["σ(x) · (1 − σ(x))", `${s} · (1 − ${s})`],
    };
  },
  tanh: (x) => {
    const [up, down] = [digits(Math.exp(x)), digits(Math.exp(-x))];
    return { f: ["(e^{x} − e^{−x}) / (e^{x} + e^{−x})", `(${up} − ${down}) / (${up} + ${down})`], df: ["1 − tanh²(x)", `1 − ${inside(Math.tanh(x))}²`] };
  },
  relu: (x) => ({ f: ["max(0, x)", `max(0, ${digits(x)})`], df: ["1 (x > 0),  0 (x ≤ 0)", piece(x, "1", "0")] }),
  leaky_relu: writeLeaky,
  prelu: writeLeaky,
  silu: (x) => {
    const s = digits(logistic(x));
    return { f: ["x · σ(x)", `${digits(x)} · ${s}`], df: ["σ(x) + x · σ(x) · (1 − σ(x))", `${s} + ${inside(x)} · ${s} · (1 − ${s})`] };
  },
  elu: (x, slope) => ({
    f: ["x (x > 0),  α · (e^{x} − 1) (x ≤ 0)", piece(x, digits(x), `${digits(slope)} · (${exponential(x)} − 1)`)],
    df: ["1 (x > 0),  α · e^{x} (x ≤ 0)", piece(x, "1", `${digits(slope)} · ${exponential(x)}`)],
  }),
  selu: (x) => ({
    f: ["λ · x (x > 0),  λ · α · (e^{x} − 1) (x ≤ 0)", piece(x, `1.0507 · ${digits(x)}`, `1.0507 · 1.6733 · (${exponential(x)} − 1)`)],
    df: ["λ (x > 0),  λ · α · e^{x} (x ≤ 0)", piece(x, "1.0507", `1.0507 · 1.6733 · ${exponential(x)}`)],
  }),
  gelu: (x) => {
    const share = digits(normalDistribution(x));
    return { f: ["x · Φ(x)", `${digits(x)} · ${share}`], df: ["Φ(x) + x · φ(x)", `${share} + ${inside(x)} · ${digits(normalDensity(x))}`] };
  },
  gelu_tanh: (x) => {
    const t = Math.tanh(cubic(x));
    return {
      f: ["x / 2 · (1 + tanh u),  u = √(2/π) · (x + 0.044715 · x³)", `${digits(x)} / 2 · (1 + tanh ${inside(cubic(x))}) = ${digits(x)} / 2 · (1 + ${inside(t)})`],
      df: [
        "(1 + tanh u) / 2 + x / 2 · (1 − tanh² u) · √(2/π) · (1 + 3 · 0.044715 · x²)",
        `(1 + ${inside(t)}) / 2 + ${inside(x)} / 2 · (1 − ${inside(t)}²) · 0.7979 · (1 + 3 · 0.044715 · ${inside(x)}²)`,
      ],
    };
  },
  softplus: (x) => ({
    f: ["ln(1 + e^{x})", `ln(1 + ${digits(Math.exp(x))})`],
    df: ["σ(x) = 1 / (1 + e^{−x})", `1 / (1 + ${digits(Math.exp(-x))})`],
  }),
  mish: (x) => {
    const [t, s] = [digits(Math.tanh(softplus(x))), digits(logistic(x))];
    return {
      f: ["x · t,  t = tanh(ln(1 + e^{x}))", `${digits(x)} · tanh(${digits(softplus(x))}) = ${digits(x)} · ${t}`],
      df: ["t + x · σ(x) · (1 − t²)", `${t} + ${inside(x)} · ${s} · (1 − ${t}²)`],
    };
  },
};

/** A formula as nodes, with its exponents raised. */
function typeset(text) {
  return text.split(/(\^\{[^}]*\})/).map((part) => (part.startsWith("^{") ? make("sup", { text: part.slice(2, -1) }) : part));
}
