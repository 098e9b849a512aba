/**
 * A QR text drawn with half blocks. Phones want dark on light: colours make sure of it where there are any;
 * without them the drawing is made for the usual dark terminal, or turned for a light one.
 */
import { toString as draw } from 'qrcode';

const BLACK_ON_WHITE = '\u001b[30;107m';
const RESET = '\u001b[0m';
const TURNED: Readonly<Record<string, string>> = { ' ': '█', '█': ' ', '▀': '▄', '▄': '▀' };

export type Paper = 'coloured' | 'dark' | 'light';

/** Lines without a line break at the end. */
export async function drawQr(text: string, paper: Paper): Promise<readonly string[]> {
  const drawing = await draw(text, { type: 'utf8', errorCorrectionLevel: 'L', margin: 2 });
  const lines = drawing.split('\n').filter((line) => line !== '');
  switch (paper) {
    case 'light':
      return lines;
    case 'dark':
      return lines.map((line) => [...line].map((block) => TURNED[block] ?? block).join(''));
    case 'coloured':
      return lines.map((line) => `${BLACK_ON_WHITE}${line}${RESET}`);
  }
}
