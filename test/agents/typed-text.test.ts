/** What models and flows write for a program to draw → what a person would have typed; and what people type stays as it is. */
import { describe, expect, test } from 'vitest';
import { bounded, resultOf } from '../../relay/agents/answer-text.ts';
import { endingOf } from '../../relay/agents/finish-reason.ts';

function sentFor(text: string): string | null {
  const bounds = { settings: { answerCharacters: 4_000, answerTexts: 5 }, secret: null };
  const result = bounded(resultOf(text, null), bounds);
  return result.type === 'answer' ? result.texts.join('\n---\n') : null;
}

describe('HTML', () => {
  test.each([
    ['<p>Oi!</p>\n\n<p>Tudo bem?</p>', 'Oi!\n\nTudo bem?'],
    ['<div>Oi!</div><div>Tudo bem?</div>', 'Oi!\nTudo bem?'],
    ['Temos:<ul><li>Bolo</li><li>Pão</li></ul>Até já!', 'Temos:\n\n- Bolo\n- Pão\n\nAté já!'],
    ['<ol><li>Um</li><li>Dois</li></ol>', '1. Um\n2. Dois'],
    ['<ul><li>Bolo<ul><li>de milho</li></ul></li><li>Pão</li></ul>', '- Bolo\n  - de milho\n- Pão'],
    ['<h2>Preços</h2><p>Bolo: <b>R$ 30</b></p>', '*Preços*\n\nBolo: *R$ 30*'],
    ['<table><tr><td>Bolo</td><td>30</td></tr><tr><td>Pão</td><td>8</td></tr></table>', 'Bolo – 30\nPão – 8'],
    ['Veja <a href="https://ex.com/?a=1&amp;b=2">aqui</a>.', 'Veja aqui (https://ex.com/?a=1&b=2).'],
    ['<a href="https://ex.com">https://ex.com</a>', 'https://ex.com'],
    ['<a href="mailto:ana@ex.com">ana@ex.com</a>', 'ana@ex.com'],
    ['<a href="javascript:x()">aqui</a>', 'aqui'],
    ['Oi!<script>alert(1)</script><!-- nada --><br/>Tudo bem?', 'Oi!\nTudo bem?'],
    ['Caf&eacute; &amp; p&atilde;o&nbsp;- R$&nbsp;30 &#39;hoje&#39; &#x1F370;', "Café & pão - R$ 30 'hoje' 🍰"],
    ['`<p>` abre um parágrafo', '`<p>` abre um parágrafo'],
    ['Oi <3 e a < b > c', 'Oi <3 e a < b > c'],
    ['AT&T; &desconhecido; &amp;lt;', 'AT&T; &desconhecido; &lt;'],
  ])('%j', (text, sent) => {
    expect(sentFor(text)).toBe(sent);
  });
});

describe('line breaks as two characters', () => {
  test.each([
    ['Oi!\\nTudo bem?', 'Oi!\nTudo bem?'],
    ['Oi!\\n\\n- um\\n- dois', 'Oi!\n\n- um\n- dois'],
    ['A pasta é C:\\novo\\notas', 'A pasta é C:\\novo\\notas'],
    ['Use pasta\\nova', 'Use pasta\\nova'],
    ['Escreva `\\n` assim', 'Escreva `\\n` assim'],
    ['Um \\n\ncom quebra', 'Um \\n\ncom quebra'],
  ])('%j', (text, sent) => {
    expect(sentFor(text)).toBe(sent);
  });
});

describe('formulas', () => {
  test.each([
    ['Dois bolos: \\(2 \\times 30 = 60\\)', 'Dois bolos: 2 × 30 = 60'],
    ['\\[ \\frac{30}{2} = 15 \\]', '30/2 = 15'],
    ['$$x^2 + \\sqrt{a + b} \\leq 10$$', 'x² + √(a + b) ≤ 10'],
    ['Total: $\\boxed{60}$', 'Total: 60'],
    ['\\(\\text{total} = 100\\%\\)', 'total = 100%'],
    ['R$ 30 e R$ 40', 'R$ 30 e R$ 40'],
    ['$5 ou $10, você escolhe', '$5 ou $10, você escolhe'],
    ['C:\\(pasta', 'C:\\(pasta'],
  ])('%j', (text, sent) => {
    expect(sentFor(text)).toBe(sent);
  });
});

describe('tokens and citations by their shape', () => {
  test.each([
    ['[|assistant|]R$ 30[|endofturn|]', 'R$ 30'],
    ['<|Assistant|>R$ 30<|User|>e amanhã?', 'R$ 30'],
    ['<｜Assistant｜>R$ 30<｜end▁of▁sentence｜>', 'R$ 30'],
    ['<|im_start|>user\noi<|im_end|>\n<|im_start|>assistant\nR$ 30<|im_end|>', 'R$ 30'],
    ['R$ 30<unk><unk>', 'R$ 30'],
    ['[INST] oi [/INST] R$ 30', 'R$ 30'],
    ['R$ 30[UNUSED_TOKEN_145]', 'R$ 30'],
    ['<|some_new_token|>R$ 30', 'R$ 30'],
    ['<|thinking_start|>chato<|thinking_end|>R$ 30', 'R$ 30'],
    ['**Assistant:** R$ 30', 'R$ 30'],
    ['<final_answer>R$ 30</final_answer>', 'R$ 30'],
    ['Abrimos às 8h【1】 e às 9h 【3:1†x】 também.', 'Abrimos às 8h e às 9h também.'],
    ['Abrimos às 8h[^1^][^2^].', 'Abrimos às 8h.'],
    ['Abrimos às 8h [cite: 1, 2].', 'Abrimos às 8h.'],
    ['Abrimos às 8h :contentReference[oaicite:0]{index=0}.', 'Abrimos às 8h.'],
    ['Abrimos às 8h citeturn0search5turn1view2.', 'Abrimos às 8h.'],
    ['<cite index="1-2">Abrimos às 8h</cite>.', 'Abrimos às 8h.'],
    ['Abrimos <co: 0>às 8h</co: 0>.', 'Abrimos às 8h.'],
  ])('%j', (text, sent) => {
    expect(sentFor(text)).toBe(sent);
  });

  test.each([
    'Eu <3 bolo :) ^_^ :-| :p',
    '[1] Bolo\n[2] Pão',
    'Veja a nota [1] da lista.',
    'x |> f <| y',
    '【お知らせ】本日は休みです',
    'a[0][1] = b',
    'Turno 1, busca 2: turn it on',
    '```\nx = /[^1]/; <p>\n```',
    'A tag [PT] e o preço | R$ 30 |',
    'Segunda|terça|quarta',
  ])('%j is said as it is', (text) => {
    expect(sentFor(text)).toBe(text);
  });
});

describe('JSON in a model’s words', () => {
  test.each<[string, string | null]>([
    ['{"messages":["Oi!","Tudo bem?"]}', 'Oi!\n---\nTudo bem?'],
    ['["Oi!","Tudo bem?"]', 'Oi!\n---\nTudo bem?'],
    ['Resposta: {"resposta":"Oi!"}', 'Oi!'],
    ['{"resposta":"Oi!"}\n\nEspero ter ajudado.', 'Oi!'],
    ['{"a":{"b":{"text":"Oi!"}}}', null],
    ['{"resposta":{"texto":"Oi!","tom":"alegre"}}', 'Oi!'],
    ["{'resposta': 'Oi!'}", null],
    ['{"status":"error","message":"x"}', null],
    ['{"role":"assistant","content":"Oi!"}', 'Oi!'],
    ['[{"role":"user","content":"e o preço?"},{"role":"assistant","content":"Oi!"}]', 'Oi!'],
    ['{"intent":"saudacao","confidence":0.9}', null],
    ['{nome}, tudo bem?', '{nome}, tudo bem?'],
    ['[bolo] e [pão]', '[bolo] e [pão]'],
  ])('%j', (text, sent) => {
    expect(sentFor(text)).toBe(sent);
  });

  test('code that is shown in an explanation stays', () => {
    const text = `Para mudar o idioma, abra o arquivo de configuração do programa, procure a linha com o idioma e troque o valor. ${'Depois salve. '.repeat(8)}\n\n\`\`\`json\n{"text":"pt"}\n\`\`\``;
    expect(sentFor(text)).toContain('"text"');
  });
});

test.each([
  ['stop', 'whole'],
  ['STOP', 'whole'],
  ['FINISH_REASON_STOP', 'whole'],
  [null, 'whole'],
  ['max-tokens', 'cut'],
  ['SAFETY', 'blocked'],
  ['content_filter: RECITATION', 'blocked'],
  ['tool_use', 'called'],
  ['insufficient_system_resource', 'failed'],
  ['constructor', 'unknown'],
  ['__proto__', 'unknown'],
  [7, 'unknown'],
])('a model that stopped for %j: %s', (reason, ending) => {
  expect(endingOf(reason)).toBe(ending);
});
