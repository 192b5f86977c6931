// Works out the steps of estimator/explorer/script_formula.py. Whole numbers are BigInt, ratios of
// them are Ratio, and everything else is a number: what is exact stays exact whatever its size.
const quledgerFormula = (() => {
  "use strict";

  class Ratio {
    constructor(above, below) { this.above = above; this.below = below; }
  }
  class NoAnswer extends Error {}

  const BITS = 320n; // of the fixed-point numbers that settle a ceiling near a whole number
  const SURE = 1e14; // below, floating-point numbers tell whole numbers apart with room to spare
  const MOST_BITS = 200000n; // of a power that is written out
  const absolute = (x) => (x < 0n ? -x : x);

  function gcd(a, b) {
    a = absolute(a); b = absolute(b);
    while (b) [a, b] = [b, a % b];
    return a;
  }
  function ratio(above, below) {
    if (below === 0n) throw new NoAnswer("a division by 0");
    if (below < 0n) { above = -above; below = -below; }
    const shared = gcd(above, below);
    if (shared > 1n) { above /= shared; below /= shared; }
    return below === 1n ? above : new Ratio(above, below);
  }
  const isExact = (x) => typeof x !== "number";
  const top = (x) => (x instanceof Ratio ? x.above : x);
  const bottom = (x) => (x instanceof Ratio ? x.below : 1n);
  const bitLength = (x) => BigInt(absolute(x).toString(2).length);

  // The number nearest to a quotient of whole numbers, also where both are beyond its range.
  function quotient(above, below) {
    const shift = bitLength(above) - bitLength(below) - 64n;
    const scaled = shift > 0n ? above / (below << shift) : (above << -shift) / below;
    const power = Number(shift);
    return power < -1000 ? Number(scaled) * 2 ** -1000 * 2 ** (power + 1000)
      : power > 900 ? Number(scaled) * 2 ** 900 * 2 ** (power - 900) : Number(scaled) * 2 ** power;
  }
  function real(x) {
    if (typeof x === "number") return x;
    if (x instanceof Ratio) return quotient(x.above, x.below);
    return Number(x);
  }
  function logarithm(x) {
    if (typeof x === "number") return Math.log(x);
    if (top(x) <= 0n) return NaN;
    const part = (whole) => {
      const shift = bitLength(whole) - 1000n;
      return shift > 0n ? Math.log(Number(whole >> shift)) + Number(shift) * Math.LN2
        : Math.log(Number(whole));
    };
    const value = real(x);
    return Number.isFinite(value) && value > 0 ? Math.log(value) : part(top(x)) - part(bottom(x));
  }

  const add = (x, y) => (isExact(x) && isExact(y)
    ? ratio(top(x) * bottom(y) + top(y) * bottom(x), bottom(x) * bottom(y)) : real(x) + real(y));
  function multiply(x, y) {
    if (isExact(x) && isExact(y)) return ratio(top(x) * top(y), bottom(x) * bottom(y));
    return real(x) * real(y);
  }
  function compared(x, y) {
    if (isExact(x) && isExact(y)) {
      const gap = top(x) * bottom(y) - top(y) * bottom(x);
      return gap > 0n ? 1 : gap < 0n ? -1 : 0;
    }
    return Math.sign(real(x) - real(y));
  }

  function root(whole) { // the whole square root, rounded down
    if (whole < 2n) return whole;
    let guess = 1n << ((bitLength(whole) + 1n) / 2n);
    for (;;) {
      const next = (guess + whole / guess) >> 1n;
      if (next >= guess) return guess;
      guess = next;
    }
  }
  function squareRoot(x) {
    if (isExact(x) && top(x) >= 0n) {
      const above = root(top(x)), below = root(bottom(x));
      if (above * above === top(x) && below * below === bottom(x)) return ratio(above, below);
    }
    return Math.sqrt(real(x));
  }
  function power(base, exponent) {
    if (typeof exponent === "bigint" && isExact(base)) {
      const size = absolute(exponent);
      const longest = bitLength(top(base)) > bitLength(bottom(base))
        ? bitLength(top(base)) : bitLength(bottom(base));
      if (size * longest > MOST_BITS) return Math.pow(real(base), Number(exponent));
      const above = top(base) ** size, below = bottom(base) ** size;
      return exponent < 0n ? ratio(below, above) : ratio(above, below);
    }
    if (exponent instanceof Ratio && exponent.below === 2n && isExact(base)) {
      const half = squareRoot(base);
      if (isExact(half)) return power(half, exponent.above);
    }
    const found = real(exponent);
    if (found === 0.5) return Math.sqrt(real(base));
    if (found === -0.5) return 1 / Math.sqrt(real(base));
    if (found === -1) return 1 / real(base);
    if (found === -2) { const inverse = 1 / real(base); return inverse * inverse; }
    if (found === 2) return real(base) * real(base);
    return Math.pow(real(base), found);
  }

  function exactLog2(x) { // of a power of two; null of anything else
    if (typeof x === "number" || top(x) < 1n) return null;
    const isPower = (whole) => (whole & (whole - 1n)) === 0n;
    return isPower(top(x)) && isPower(bottom(x)) ? bitLength(top(x)) - bitLength(bottom(x)) : null;
  }
  function logToBase(x, base) {
    if (base === 2n) {
      const found = exactLog2(x);
      if (found !== null) return found;
      return typeof x === "number" ? Math.log2(x) : logarithm(x) / Math.LN2;
    }
    return logarithm(x) / logarithm(base);
  }
  function binomial(n, k) {
    if (typeof n !== "bigint" || typeof k !== "bigint") throw new NoAnswer("a binomial of fractions");
    if (k < 0n || k > n) return 0n;
    if (k > n - k) k = n - k;
    if (k > 100000n) throw new NoAnswer("a binomial of more than 100,000 factors");
    let found = 1n;
    for (let i = 1n; i <= k; i += 1n) found = found * (n - k + i) / i;
    return found;
  }

  // Fixed-point numbers of BITS bits after the point, for what is made of exact numbers alone.
  const ONE = 1n << BITS;
  let LN2 = null;
  function atanhOfInverse(n) {
    let term = ONE / n, sum = 0n;
    for (let k = 1n; term; k += 2n) { sum += term / k; term /= n * n; }
    return sum;
  }
  function fixedLog(x) { // x > 0, fixed point
    if (x <= 0n) throw new NoAnswer("the logarithm of a number that is not positive");
    if (LN2 === null) LN2 = 2n * atanhOfInverse(3n);
    const shift = bitLength(x) - 1n - BITS;
    const small = shift > 0n ? x >> shift : x << -shift; // in [1, 2)
    const z = ((small - ONE) << BITS) / (small + ONE), square = (z * z) >> BITS;
    let term = z, sum = 0n;
    for (let k = 1n; term; k += 2n) { sum += term / k; term = (term * square) >> BITS; }
    return 2n * sum + shift * LN2;
  }
  function fixed(steps, place, values) {
    const [kind, ...args] = steps[place];
    const inside = () => args.map((each) => fixed(steps, each, values));
    const exact = values[place];
    if (isExact(exact)) return (top(exact) << BITS) / bottom(exact);
    switch (kind) {
      case "sum": return inside().reduce((x, y) => x + y, 0n);
      case "product": return inside().reduce((x, y) => (x * y) >> BITS, ONE);
      case "log": return fixedLog(inside()[0]);
      case "log_to_base": { const [x, y] = inside().map(fixedLog); return (x << BITS) / y; }
      case "power": {
        const exponent = values[args[1]], base = fixed(steps, args[0], values);
        if (typeof exponent === "bigint" && absolute(exponent) < 64n) {
          let found = ONE;
          for (let i = 0n; i < absolute(exponent); i += 1n) found = (found * base) >> BITS;
          return exponent < 0n ? (ONE << BITS) / found : found;
        }
        if (exponent instanceof Ratio && exponent.below === 2n && exponent.above === 1n) {
          return root(base << BITS);
        }
        return null;
      }
      case "largest": return inside().reduce((x, y) => (x > y ? x : y));
      case "smallest": return inside().reduce((x, y) => (x < y ? x : y));
      default: return null;
    }
  }
  function rounded(steps, place, values, up) {
    const x = values[place];
    if (isExact(x)) {
      const floor = (a, b) => (a >= 0n ? a / b : -((-a + b - 1n) / b));
      return up ? -floor(-top(x), bottom(x)) : floor(top(x), bottom(x));
    }
    if (!Number.isFinite(x)) throw new NoAnswer("a number beyond the range of numbers");
    const near = Math.round(x);
    if (Math.abs(x - near) <= 1e-9 * Math.max(1, Math.abs(near)) && isMadeExactly(steps, place, values)) {
      let found = null;
      try { found = fixed(steps, place, values); } catch (problem) { if (!(problem instanceof NoAnswer)) throw problem; }
      if (found !== null) {
        const half = ONE >> 1n, whole = (found + half) >> BITS, gap = found - (whole << BITS);
        if (absolute(gap) < 1n << (BITS / 2n)) return whole;
        return up ? (gap > 0n ? whole + 1n : whole) : (gap < 0n ? whole - 1n : whole);
      }
    }
    const found = up ? Math.ceil(x) : Math.floor(x);
    return Math.abs(found) < SURE ? BigInt(found) : found; // beyond, the last digits are rounding
  }
  function isMadeExactly(steps, place, values) {
    const [kind, ...args] = steps[place];
    if (isExact(values[place])) return true;
    if (kind === "real" || kind === "name") return false;
    return args.length > 0 && args.every((each) => isMadeExactly(steps, each, values));
  }

  const plain = (f) => (x) => f(real(x));
  const FUNCTIONS = {
    exp: plain(Math.exp), sin: plain(Math.sin), cos: plain(Math.cos), tan: plain(Math.tan),
    asin: plain(Math.asin), acos: plain(Math.acos), atan: plain(Math.atan), sinh: plain(Math.sinh),
    cosh: plain(Math.cosh), tanh: plain(Math.tanh), asinh: plain(Math.asinh),
    acosh: plain(Math.acosh), atanh: plain(Math.atanh), log: (x) => (x === 1n ? 0n : logarithm(x)),
    abs: (x) => (isExact(x) ? ratio(absolute(top(x)), bottom(x)) : Math.abs(x)),
    exact_log2: (x) => { const found = exactLog2(x); return found === null ? new Ratio(1n, 3n) : found; },
    ceil_log2: (x) => (x <= 1n ? 0n : bitLength(x - 1n)),
    rest: (x, y) => ((x % y) + y) % y,
    direction_error: (x) => {
      const size = real(x);
      return size >= 1 ? 2 : size === 0 ? 0n : 2 * Math.sin(Math.asin(size) / 2) * (1 + 1e-15);
    },
  };
  const RELATIONS = {
    ">": (x) => x > 0, ">=": (x) => x >= 0, "<": (x) => x < 0, "<=": (x) => x <= 0,
    "=": (x) => x === 0, "!=": (x) => x !== 0,
  };

  // The value of a step; `values` holds those that are known and takes the others.
  function valueOf(steps, place, names, tables, values) {
    if (values[place] !== undefined) return values[place];
    const [kind, ...args] = steps[place];
    const at = (each) => valueOf(steps, each, names, tables, values);
    let found;
    switch (kind) {
      case "whole": found = BigInt(args[0]); break;
      case "ratio": found = ratio(BigInt(args[0]), BigInt(args[1])); break;
      case "real": found = args[0]; break;
      case "name":
        if (!(args[0] in names)) throw new NoAnswer(`no value for ${args[0]}`);
        found = names[args[0]]; break;
      case "sum": found = args.map(at).reduce(add); break;
      case "product": found = args.map(at).reduce(multiply); break;
      case "power": found = power(at(args[0]), at(args[1])); break;
      case "largest": found = args.map(at).reduce((x, y) => (compared(x, y) >= 0 ? x : y)); break;
      case "smallest": found = args.map(at).reduce((x, y) => (compared(x, y) <= 0 ? x : y)); break;
      case "ceiling": at(args[0]); found = rounded(steps, args[0], values, true); break;
      case "floor": at(args[0]); found = rounded(steps, args[0], values, false); break;
      case "log_to_base": found = logToBase(at(args[0]), at(args[1])); break;
      case "binomial": found = binomial(at(args[0]), at(args[1])); break;
      case "compare": found = RELATIONS[args[0]](compared(at(args[1]), at(args[2]))) ? 1n : 0n; break;
      case "cases":
        for (let i = 0; i < args.length && found === undefined; i += 2) {
          if (at(args[i + 1]) === 1n) found = at(args[i]);
        }
        if (found === undefined) throw new NoAnswer("no case applies");
        break;
      case "choose": found = at(args[args.indexOf(names[args[0]]) + 1]); break;
      case "table": found = tables[args[0]](names); break;
      default: found = FUNCTIONS[kind](...args.map(at));
    }
    if (typeof found === "number" && Number.isNaN(found)) throw new NoAnswer("not a number");
    values[place] = found;
    return found;
  }

  // A value as text: whole numbers in full with commas, others to twelve digits.
  function text(x) {
    if (typeof x === "bigint") return x.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ",");
    const value = real(x);
    if (Number.isInteger(value) && Math.abs(value) < 1e15) return text(BigInt(value));
    return String(Number(value.toPrecision(12)));
  }
  // Its logarithm to base 10, whatever its size.
  const log10 = (x) => (isExact(x) ? logarithm(x) / Math.LN10 : Math.log10(x));

  return { Ratio, NoAnswer, valueOf, text, real, log10, compared, ratio, exactLog2, bitLength };
})();
