/** What a model writes for itself never leaves, in whatever spelling; what is said does, whole. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutReasoning } from '../../relay/agents/reasoning.ts';

test.each([
  '<think>secret</think>Oi!',
  '<thinking>secret</thinking>\n\nOi!',
  '<reasoning>secret</reasoning>Oi!',
  '<REFLECTION>secret</REFLECTION>Oi!',
  '< think >secret</ think >Oi!',
  '<mm:think>secret</mm:think>Oi!',
  '<seed:think>secret</seed:think>Oi!',
  '<analysis>secret</analysis>Oi!',
  '[THINK]secret[/THINK]Oi!',
  '◁think▷secret◁/think▷Oi!',
  '<|begin_of_thought|>secret<|end_of_thought|>Oi!',
  '<think>secret</think><final>Oi!</final>',
  '<answer>Oi!</answer>',
  'Reasoning:\n_secret_\n\nOi!',
  'Oi!<|im_end|>',
  'Oi!</s>',
  'Oi!<|eot_id|><|start_header_id|>',
  'secret</think>Oi!',
  'Oi!<think>secret',
  '<think>a<think>secret</think>b</think>Oi!',
  '<think lang="pt">secret</think>Oi!',
  '<think>secret</think>O<think>secret</think>i!',
])('%j says "Oi!"', (text) => {
  expect(withoutReasoning(text)).toBe('Oi!');
});

test.each([
  'I think, therefore I am',
  'a < b and b > c',
  '"Oi! Tudo bem?"',
  'Final: <b>três</b>',
  'thinking of you [think about it later]',
  'Analysis is done.',
  'Output: <output>x</output> e mais',
])('%j is said as it is', (text) => {
  expect(withoutReasoning(text)).toBe(text);
});

test('a text without a mark stays as it is but for the space around it', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', ' ', '\n', '<', '>', '[', ']', '|', '/', 'ç', '.') }),
      (text) => {
        fc.pre(!/<\/?s>/.test(text));
        expect(withoutReasoning(`.${text}.`)).toBe(`.${text}.`);
      },
    ),
  );
});
