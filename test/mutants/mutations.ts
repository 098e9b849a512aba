/** Small faults that could be put into a source: one change of one place each. */
import { type Expression, parseSync, Visitor } from 'oxc-parser';

export type Mutation = {
  /** From this character to that one. */
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
  readonly what: 'negated condition' | 'swapped operator' | 'dropped call' | 'changed constant';
};

const SWAPPED: ReadonlyMap<string, string> = new Map([
  ['&&', '||'],
  ['||', '&&'],
  ['===', '!=='],
  ['!==', '==='],
  ['<', '<='],
  ['<=', '<'],
  ['>', '>='],
  ['>=', '>'],
  ['+', '-'],
  ['-', '+'],
]);

/** Every change that could be made, in the order of the source. */
export function mutationsOf(file: string, source: string): readonly Mutation[] {
  const found: Mutation[] = [];
  const negate = ({ start, end }: Expression): void => {
    found.push({ start, end, replacement: `!(${source.slice(start, end)})`, what: 'negated condition' });
  };
  const swap = (left: Expression, operator: string, right: Expression): void => {
    const replacement = SWAPPED.get(operator);
    const start = source.indexOf(operator, left.end);
    // A text that is put together of two is no sum.
    if (replacement === undefined || start < 0 || start >= right.start || isText(left) || isText(right)) return;
    found.push({ start, end: start + operator.length, replacement, what: 'swapped operator' });
  };
  new Visitor({
    IfStatement: ({ test }) => negate(test),
    ConditionalExpression: ({ test }) => negate(test),
    LogicalExpression: ({ left, operator, right }) => swap(left, operator, right),
    BinaryExpression: ({ left, operator, right }) => swap(left, operator, right),
    ExpressionStatement: ({ start, end, expression }) => {
      const called = expression.type === 'AwaitExpression' ? expression.argument : expression;
      if (called.type !== 'CallExpression' || called.callee.type === 'Super') return;
      found.push({ start, end, replacement: ';', what: 'dropped call' });
    },
    Literal: ({ start, end, value }) => {
      if (typeof value === 'number') found.push({ start, end, replacement: `${value + 1}`, what: 'changed constant' });
      if (typeof value === 'boolean') found.push({ start, end, replacement: `${!value}`, what: 'changed constant' });
    },
  }).visit(parseSync(file, source).program);
  return found.sort((one, other) => one.start - other.start);
}

function isText({ type, ...node }: Expression): boolean {
  return type === 'TemplateLiteral' || (type === 'Literal' && 'value' in node && typeof node.value === 'string');
}

export function mutated(source: string, { start, end, replacement }: Mutation): string {
  return source.slice(0, start) + replacement + source.slice(end);
}

/** Where it stands, from 1. */
export function lineOf(source: string, { start }: Mutation): number {
  return source.slice(0, start).split('\n').length;
}
