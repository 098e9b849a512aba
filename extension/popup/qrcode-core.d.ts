/** The encoder alone, without the painters for canvas, files and terminals: half of the popup's weight otherwise. */
declare module 'qrcode/lib/core/qrcode.js' {
  import type { QRCode, QRCodeOptions } from 'qrcode';

  export function create(text: string, options: QRCodeOptions): QRCode;
}
