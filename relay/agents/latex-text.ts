/** Formulas as models write them (LaTeX) → as a person would type them: `\(2 \times 30 = 60\)` → `2 × 30 = 60`. Pure, and linear in the text. */

/** How formulas begin and end, the longer before the shorter. */
const DELIMITERS: readonly (readonly [string, string])[] = [
  ['\\(', '\\)'],
  ['\\[', '\\]'],
  ['$$', '$$'],
  ['$', '$'],
];
const MOST_FORMULA = 500;
/** Between dollars there may be prices. */
const SURELY_FORMULA = /\\[a-zA-Z]|\^/;
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    times: '×',
    cdot: '·',
    div: '÷',
    pm: '±',
    mp: '∓',
    ast: '*',
    leq: '≤',
    le: '≤',
    geq: '≥',
    ge: '≥',
    neq: '≠',
    ne: '≠',
    approx: '≈',
    equiv: '≡',
    sim: '~',
    propto: '∝',
    infty: '∞',
    to: '→',
    rightarrow: '→',
    leftarrow: '←',
    Rightarrow: '⇒',
    Leftrightarrow: '⇔',
    implies: '⇒',
    sum: '∑',
    prod: '∏',
    int: '∫',
    partial: '∂',
    nabla: '∇',
    sqrt: '√',
    degree: '°',
    circ: '°',
    alpha: 'α',
    beta: 'β',
    gamma: 'γ',
    delta: 'δ',
    epsilon: 'ε',
    theta: 'θ',
    lambda: 'λ',
    mu: 'μ',
    pi: 'π',
    rho: 'ρ',
    sigma: 'σ',
    tau: 'τ',
    phi: 'φ',
    omega: 'ω',
    Delta: 'Δ',
    Sigma: 'Σ',
    Omega: 'Ω',
    Pi: 'Π',
    in: '∈',
    cup: '∪',
    cap: '∩',
    forall: '∀',
    exists: '∃',
    ldots: '…',
    cdots: '…',
    dots: '…',
    quad: ' ',
    qquad: ' ',
    left: '',
    right: '',
    displaystyle: '',
    euro: '€',
  }),
);
/** Words in a formula, and what is around them. */
const GROUPS = /\\(?:text|textbf|mathrm|mathbf|mathit|operatorname|boxed|overline|vec|hat|bar)\s?\{([^{}]{0,400})\}/g;
const FRACTION = /\\[dt]?frac\s?\{([^{}]{0,200})\}\s?\{([^{}]{0,200})\}/g;
const ROOT = /\\sqrt\s?\{([^{}]{0,200})\}/g;
const COMMAND = /\\([A-Za-z]{1,20})(?![A-Za-z])/g;
const POWER = /\^\{?([0-9+-]{1,6}|n)\}?/g;
const INDEX = /_\{?([0-9]{1,6})\}?/g;
const POWERS: ReadonlyMap<string, string> = new Map(
  [...'0123456789+-n'].map((digit, at) => [digit, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿ'][at] ?? digit]),
);
const INDEXES: ReadonlyMap<string, string> = new Map(
  [...'0123456789'].map((digit, at) => [digit, [...'₀₁₂₃₄₅₆₇₈₉'][at] ?? digit]),
);
/** Formulas in formulas are opened from the inside. */
const MOST_NESTED = 6;

export function withoutLatex(text: string): string {
  if (!text.includes('\\') && !text.includes('$')) return text;
  let written = '';
  let at = 0;
  for (let start = nextStart(text, 0); start >= 0; start = nextStart(text, at)) {
    const [begin = '', end = ''] = DELIMITERS.find(([delimiter]) => text.startsWith(delimiter, start)) ?? [];
    const inside = start + begin.length;
    const length = text.slice(inside, inside + MOST_FORMULA).indexOf(end);
    const formula = text.slice(inside, inside + Math.max(0, length));
    const isFormula = begin.startsWith('\\')
      ? formula !== ''
      : SURELY_FORMULA.test(formula) && !formula.includes('\n\n');
    written += text.slice(at, start) + (isFormula ? typed(formula) : begin);
    at = isFormula ? inside + formula.length + end.length : inside;
  }
  return written + text.slice(at);
}

function nextStart(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '$') return at;
    if (character === '\\' && (text.charAt(at + 1) === '(' || text.charAt(at + 1) === '[')) return at;
  }
  return -1;
}

function typed(formula: string): string {
  let written = formula;
  for (let round = 0; round < MOST_NESTED; round += 1) {
    const before = written;
    written = written
      .replace(GROUPS, '$1')
      .replace(FRACTION, (_all, over: string, under: string) => `${grouped(over)}/${grouped(under)}`)
      .replace(ROOT, (_all, inner: string) => `√${grouped(inner)}`);
    if (written === before) break;
  }
  return written
    .replace(COMMAND, (command: string, name: string) => SIGNS.get(name) ?? command.slice(1))
    .replace(POWER, (_all, digits: string) => digitsIn(digits, POWERS))
    .replace(INDEX, (_all, digits: string) => digitsIn(digits, INDEXES))
    .replace(/\\[,;:! ]/g, ' ')
    .replace(/\\([%$&#_{}])/g, '$1')
    .replace(/\\\\/g, '\n')
    .replace(/[{}]/g, '')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
}

/** More than a word or a number is put in brackets. */
function grouped(part: string): string {
  const plain = part.trim();
  return /[\s+*/×÷-]/.test(plain) ? `(${plain})` : plain;
}

function digitsIn(text: string, table: ReadonlyMap<string, string>): string {
  return [...text].map((digit) => table.get(digit) ?? digit).join('');
}
