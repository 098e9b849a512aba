/** Files as people have them: whatever editor wrote them, their text is read; what is no text is not taken for one. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameOf, isPlainText, PART_LENGTH } from '../../shared/contract/knowledge.ts';
import { filePartsOf, textBytes, textOfFile } from '../../shared/rules/file-text.ts';

const TEXT = '# Preços\n- pão de queijo: R$ 4,50\n';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string, isLittle: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  [0xfeff, ...Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))].forEach((unit, at) => {
    view.setUint16(2 * at, unit, isLittle);
  });
  return new Uint8Array(view.buffer);
};

test.each([
  ['UTF-8', utf8(TEXT)],
  ['UTF-8 with a mark', utf8(`\ufeff${TEXT}`)],
  ['UTF-16, little end first', utf16(TEXT, true)],
  ['UTF-16, big end first', utf16(TEXT, false)],
  ['Windows', Uint8Array.from(TEXT, (letter) => letter.charCodeAt(0))],
  ['line ends of Windows', utf8(TEXT.replaceAll('\n', '\r\n'))],
  ['line ends of old Macs', utf8(TEXT.replaceAll('\n', '\r'))],
])('a text in %s is read as it was meant', (_kind, bytes) => {
  expect(textOfFile(bytes)).toBe(TEXT);
});

test.each([
  ['a PDF', utf8('%PDF-1.7\n%\u00e2\u00e3\u0000\u0001stream\u0003')],
  ['a document of Word', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x06, 0x00])],
  ['a picture', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00])],
  ['half a text in UTF-16', Uint8Array.from([0xff, 0xfe, 0x3d, 0xd8])],
])('%s is no text', (_kind, bytes) => {
  expect(textOfFile(bytes)).toBeNull();
});

test('a text travels in parts that fit a request, and is the same again', () => {
  const unit = fc.string({ unit: 'binary', minLength: 0, maxLength: 3 * PART_LENGTH });
  fc.assert(
    fc.property(unit, (text) => {
      const parts = filePartsOf(text);
      expect(parts.map((part) => part.text).join('')).toBe(text);
      let at = 0;
      for (const part of parts) {
        expect(part.at).toBe(at);
        expect(part.text.length).toBeGreaterThan(0);
        expect(part.text.isWellFormed()).toBe(true);
        at += part.text.length;
      }
    }),
    { numRuns: 200 },
  );
  const pairs = '😀'.repeat(PART_LENGTH);
  for (const { text } of filePartsOf(`x${pairs}`)) expect(textBytes(JSON.stringify(text))).toBeLessThan(15_000);
});

test('a name is kept as it can be shown and written into a prompt', () => {
  expect(fileNameOf('preços 2026.md')).toBe('preços 2026.md');
  expect(fileNameOf('a"><b>\u202e\n.txt')).toBe('a___b___.txt');
  expect(fileNameOf('')).toBe('_');
  expect(fileNameOf(`${'x'.repeat(300)}.md`)).toMatch(/^x{97}\.md$/);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (name) => fileNameOf(fileNameOf(name)) === fileNameOf(name)));
  expect(isPlainText('a\tb\n\fc')).toBe(true);
  expect(isPlainText('\u0000')).toBe(false);
});
