import { type CompressedImage, MessageError } from '@praxis/wire';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { decodeImage } from './decode-image.ts';

const [WIDTH, HEIGHT] = [40, 24];
const header = { stamp: { sec: 1, nanosec: 0 }, frame_id: 'camera' };
const message = (format: string, data: Uint8Array): CompressedImage => ({ header, format, data });

/** An image whose left half is red and whose right half is blue. */
const halves = Uint8Array.from({ length: 3 * WIDTH * HEIGHT }, (_, i) => {
  const right = Math.floor(i / 3) % WIDTH >= WIDTH / 2;
  return i % 3 === (right ? 2 : 0) ? 200 : 30;
});
const picture = () => sharp(halves, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } });

describe('a compressed image', () => {
  it('is decoded exactly from PNG, with and without transparency, and grey to three equal channels', async () => {
    const png = await decodeImage(message('png', await picture().png().toBuffer()));
    expect(png).toEqual({ width: WIDTH, height: HEIGHT, data: halves });
    const alpha = await decodeImage(
      message('rgba8; png compressed', await picture().ensureAlpha(0.5).png().toBuffer()),
    );
    expect(alpha.data).toEqual(halves);
    const { data } = await decodeImage(message('mono8; png compressed', await picture().greyscale().png().toBuffer()));
    expect(data.length).toBe(halves.length);
    expect(data[0]).toBe(data[2]);
  });

  it('is decoded closely from JPEG, with the format name of image_transport', async () => {
    const jpeg = await picture().jpeg({ quality: 90, chromaSubsampling: '4:4:4' }).toBuffer();
    const { width, height, data } = await decodeImage(message('rgb8; jpeg compressed bgr8', jpeg));
    expect([width, height]).toEqual([WIDTH, HEIGHT]);
    expect(Math.max(...data.map((value, i) => Math.abs(value - halves[i])))).toBeLessThan(40);
  });

  it('is refused with the reason when it is truncated, no image, empty, or of another coding', async () => {
    const jpeg = await picture().jpeg().toBuffer();
    const refused = (format: string, data: Uint8Array) => expect(decodeImage(message(format, data))).rejects;
    await refused('jpeg', jpeg.subarray(0, jpeg.length / 2)).toThrow(MessageError);
    await refused('jpeg', new Uint8Array(100)).toThrow(/jpeg of 100 bytes cannot be decoded/);
    await refused('jpeg', new Uint8Array(0)).toThrow('no data');
    await refused('16UC1; compressedDepth png', jpeg).toThrow(/compressedDepth.*expected jpeg or png/);
    await refused('h264', jpeg).toThrow(/"h264", expected jpeg or png/);
  });
});
