import { describe, expect, it } from 'vitest';
import { H264Video, KEY_FRAME_PERIOD } from './h264-video.ts';

/** A picture with a bright square that moves. */
function picture(k: number, width = 32, height = 24) {
  const data = new Uint8Array(3 * width * height).fill(60);
  for (let y = 8; y < 16; y++) data.fill(220, 3 * (y * width + (k % 16)), 3 * (y * width + (k % 16) + 8));
  return { width, height, data };
}

async function encoded(count: number): Promise<readonly Uint8Array[]> {
  const video = await H264Video.open();
  for (let k = 0; k < count; k++) video.addPicture(picture(k));
  return video.finish();
}

describe('a video', () => {
  it('has a unit for each picture beyond what is encoded at a time, with key frames in their period, and the same bytes again', async () => {
    const [units, again] = [await encoded(320), await encoded(320)];
    expect(units).toHaveLength(320);
    // A sequence parameter set begins a key frame.
    const keys = units.flatMap((unit, i) => ((unit[4] & 0x1f) === 7 ? [i] : []));
    expect(keys).toEqual(Array.from({ length: 11 }, (_, i) => i * KEY_FRAME_PERIOD));
    expect(again.map((unit) => Buffer.from(unit))).toEqual(units.map((unit) => Buffer.from(unit)));
  });

  it('goes on beside another one, and leaves no listener on the process', async () => {
    const before = process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection');
    const [one, other] = [await H264Video.open(), await H264Video.open()];
    for (let k = 0; k < 5; k++) {
      one.addPicture(picture(k));
      if (k < 3) other.addPicture(picture(k, 48, 48));
    }
    expect([one.finish().length, other.finish().length]).toEqual([5, 3]);
    expect(process.listenerCount('uncaughtException') + process.listenerCount('unhandledRejection')).toBe(before);
  });

  it('refuses pictures of odd and of other sizes', async () => {
    const video = await H264Video.open();
    expect(() => video.addPicture(picture(0, 31, 24))).toThrow('a picture of 31 x 24, expected even numbers');
    video.addPicture(picture(0));
    expect(() => video.addPicture(picture(1, 34, 24))).toThrow('a picture of 34 x 24 after one of 32 x 24');
    expect(video.finish()).toHaveLength(1);
  });
});
