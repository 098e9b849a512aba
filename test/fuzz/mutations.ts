/** Texts and bytes that were seen, changed at random: pieces cut out, doubled, put in, repeated. */
import fc from 'fast-check';

/** What makes trouble where it does not belong. */
const PIECES = [
  '<think>',
  '</think>',
  '< think >',
  '<mm:think>',
  '[THINK]',
  '[/THINK]',
  '◁think▷',
  '<|begin_of_thought|>',
  '<|channel|>final<|message|>',
  '<|channel|>analysis',
  '<|im_end|>',
  '<|begin_of_box|>',
  '<|turn>',
  '<turn|>',
  '<｜User｜>',
  '<pad>',
  '[|user|]',
  '\ue200cite\ue202turn0search1\ue201',
  '【4:0†x】',
  '[^1^]',
  '[citation:3]',
  '<p>',
  '</p>',
  '<li>',
  '<a href="https://x.example">',
  '</a>',
  '&amp;',
  '&#39;',
  '\\n',
  '\\(',
  '\\)',
  '$$',
  '\\frac{1}{2}',
  '```json\n',
  '{"messages":[',
  '{"role":"user","content":"',
  '"finish_reason":"error"',
  '"success":false',
  '</s>',
  '<|start_header_id|>',
  '<final>',
  '</final>',
  'assistantfinal',
  'Assistant: ',
  'User: ',
  '<tool_call>',
  '[TOOL_CALLS]',
  '{"name":"x","arguments":{}}',
  'NO_REPLY',
  'API Error: 401 {',
  'Traceback (most recent call last)',
  '**',
  '*',
  '__',
  '_',
  '~~',
  '~',
  '`',
  '```',
  '```\n',
  '# ',
  '> ',
  '- ',
  '1. ',
  '[x](https://x.example)',
  '![',
  '](',
  '|---|\n',
  '\\',
  '\\<',
  '<b>',
  '</b>',
  '<br>',
  '<!--',
  '-->',
  '&lt;think&gt;',
  '\n',
  '\n\n',
  '\r\n',
  '\t',
  ' ',
  '\u0000',
  '\u0007',
  '\u001b[31m',
  '\u202e',
  '\u2066',
  '\u200b',
  '\ufeff',
  '\ud83d',
  '\ude00',
  '👨‍👩‍👧',
  'e\u0301',
  '\u{E0041}',
  '{',
  '}',
  '[',
  ']',
  '"',
  ':',
  ',',
  'null',
  '{"output":',
  'data: ',
  '{"type":"item","content":"x"}',
  '[owner c0ffee] ',
  '[shown c0ffee] ',
  'sk\\-planted\\_key_0123456789',
  'sk-planted_key_0123456789',
  '000201',
  '6304ABCD',
  'BEGIN:VCARD\n',
  '\nTEL;waid=1:',
  ';',
  'https://x.example/a_b_c*d*',
];
/** A key that no answer may repeat. */
export const PLANTED_KEY = 'sk-planted_key_0123456789';

const change = fc.record({
  at: fc.nat(1_000_000),
  cut: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 2, arbitrary: fc.nat(60) }),
  put: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
    { weight: 1, arbitrary: fc.constant('') },
  ),
  times: fc.oneof(
    { weight: 60, arbitrary: fc.constant(1) },
    { weight: 3, arbitrary: fc.integer({ min: 2, max: 40 }) },
    { weight: 1, arbitrary: fc.integer({ min: 100, max: 1_500 }) },
  ),
});

/** One of the seeds with a few changes. */
export function mutated(seeds: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({ seed: fc.constantFrom(...seeds), changes: fc.array(change, { maxLength: 8 }) })
    .map(({ seed, changes }) =>
      changes.reduce((text, { at, cut, put, times }) => {
        const place = text.length === 0 ? 0 : at % (text.length + 1);
        return text.slice(0, place) + put.repeat(times) + text.slice(place + cut);
      }, seed),
    );
}

/** The bytes of one of the seeds with a few changed. */
export function mutatedBytes(seeds: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edit = fc.record({ at: fc.nat(1_000_000), byte: fc.nat(255), cut: fc.boolean() });
  return fc
    .record({ seed: fc.constantFrom(...seeds), edits: fc.array(edit, { maxLength: 6 }) })
    .map(({ seed, edits }) =>
      edits.reduce((bytes, { at, byte, cut }) => {
        if (bytes.length === 0) return bytes;
        const place = at % bytes.length;
        if (cut) return Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(place + 1)]);
        return Uint8Array.from(bytes, (old, index) => (index === place ? byte : old));
      }, seed),
    );
}
