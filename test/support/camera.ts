/** A phone's camera: reads a code from pixels. */
import jsqr from 'jsqr';
import sharp from 'sharp';

/** Its types describe another way of loading than Node's: what arrives is the function itself. */
const decode = jsqr as unknown as typeof jsqr.default;

/** `picture`: PNG, JPEG or WebP. Null where no code can be read in it. */
export async function codeIn(picture: Uint8Array): Promise<string | null> {
  const { data, info } = await sharp(picture).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return decode(new Uint8ClampedArray(data), info.width, info.height)?.data ?? null;
}
