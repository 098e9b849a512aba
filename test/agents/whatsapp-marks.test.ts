/** What a model writes as Markdown leaves as a person would type it; what is none leaves as it is, byte for byte. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withWhatsAppMarks } from '../../relay/agents/whatsapp-marks.ts';

test.each([
  ['**bold** and ~~gone~~', '*bold* and ~gone~'],
  ['***both***', '_*both*_'],
  ['**a** and *b*', '*a* and _b_'],
  ['# Preços\n\nBolo: R$ 30', '*Preços*\n\nBolo: R$ 30'],
  ['## **Preços**', '*Preços*'],
  ['Preços\n===', '*Preços*'],
  ['[aqui](https://loja.example/a_b)', 'aqui (https://loja.example/a_b)'],
  ['[https://a.example](https://a.example)', 'https://a.example'],
  ['[escreva](mailto:a@b.example)', 'escreva (a@b.example)'],
  ['<https://a.example/x>', 'https://a.example/x'],
  ['![bolo](https://a.example/b.png)', 'bolo (https://a.example/b.png)'],
  ['veja [isto][1]\n\n[1]: https://a.example', 'veja isto (https://a.example)'],
  ['* um\n* dois', '- um\n- dois'],
  ['- um\n  * **dois**', '- um\n  - *dois*'],
  ['1. um\n2. **dois**', '1. um\n2. *dois*'],
  ['> **citado**', '> *citado*'],
  ['a\n\n---\n\nb', 'a\n\nb'],
  ['| Sabor | R$ |\n|---|---|\n| Milho | **25** |', '*Sabor – R$*\nMilho – *25*'],
  ['```js\nconst a = "**b**";\n```', '```\nconst a = "**b**";\n```'],
  ['use `**kwargs`', 'use `**kwargs`'],
  ['um<br>dois <b>três</b>', 'um\ndois *três*'],
  ['produto\\_x \\*', 'produto_x *'],
  ['**oi**, __muito__ bom', '*oi*, *muito* bom'],
  ['__muito bom__', '*muito bom*'],
  ['**Bolo**s', 'Bolos'],
  ['这是**粗体**文字', '这是*粗体*文字'],
])('%j becomes %j', (markdown, typed) => {
  expect(withWhatsAppMarks(markdown)).toBe(typed);
});

test.each([
  'Olá! Tudo bem?',
  '*negrito* e _itálico_ e ~riscado~ e `código`',
  '2*3*4 = 24, 2**3**4',
  '00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-4266554400005204000053039865802BR5913FULANO6008BRASILIA62070503***63041D3D',
  'https://a.example/x_y_z?b=*&c=__d__ e outra_coisa_com_nome',
  'nome_do_arquivo.txt, __init__, fulano_de_tal@a.example',
  '- um\n- dois\n\n\n\n- três',
  '1) um\n2) dois',
  'a < b e c > d, <nome> aqui, x<y>z',
  '  com espaços   no meio  ',
  'R$ 10,00 ~ R$ 20,00',
  'C:\\pasta\\arquivo',
  '#hashtag e # 1',
  'linha\n    recuada\n\ttab',
  '> citado',
  'Oi & tchau',
  'Custa R$ 5\n:-\nou (',
])('%j leaves as it is', (text) => {
  expect(withWhatsAppMarks(text)).toBe(text);
});

test('a text of letters, digits and ordinary punctuation leaves byte for byte', () => {
  const word = fc.stringMatching(/^[\p{L}\p{N}.,;:!?()@/%&'"=+$-]{1,12}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.constantFrom(' ', '\n'), (words, gap) => {
      const text = `a${words.join(gap)}`;
      fc.pre(!/^[-+]|^\d{1,9}[.)]|\n[-=+]|\n\s*\d{1,9}[.)]/.test(text));
      expect(withWhatsAppMarks(text)).toBe(text);
    }),
  );
});

test('no mark of Markdown that WhatsApp would show is left of what a model writes', () => {
  const words = fc.constantFrom('bolo', 'R$ 30', 'até já', 'açaí');
  const piece = fc.oneof(
    words.map((text) => `**${text}**`),
    words.map((text) => `~~${text}~~`),
    words.map((text) => `[${text}](https://a.example/x)`),
    words.map((text) => `\n\n## ${text}\n\n`),
    words,
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 12 }), (pieces) => {
      const typed = withWhatsAppMarks(pieces.join(' '));
      expect(typed).not.toMatch(/\*\*|~~|\]\(|^#/m);
      for (const found of pieces.join(' ').match(/bolo|R\$ 30|até já|açaí/g) ?? []) expect(typed).toContain(found);
    }),
  );
});

test('no text fails, however deep it is nested: what nobody writes stays as it is', () => {
  const most = 8_000;
  const seeds = [
    '*',
    '[',
    '>',
    '> ',
    '`',
    '<a ',
    '|a',
    '_a',
    '~~a',
    '![[](',
    'a\n',
    '\\*',
    '**a *b ',
    '&a',
    '- ',
    '# ',
    '[a](',
    '<b>',
  ];
  for (const seed of seeds) expect(typeof withWhatsAppMarks(seed.repeat(most / seed.length)), seed).toBe('string');
  expect(withWhatsAppMarks('>'.repeat(most))).toBe('>'.repeat(most));
});
