import { InputError, Random } from '@praxis/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Concatenator, concatenate, rms } from './audio.ts';
import { mixAtSnr, motorNoise, pinkNoise } from './noise.ts';
import { Resampler, resample } from './resample.ts';
import { readWav, writeWav } from './wav.ts';

const sine = (frequency: number, rate: number, length: number) => ({
  samples: Float32Array.from({ length }, (_, i) => 0.5 * Math.sin((2 * Math.PI * frequency * i) / rate)),
  rate,
});

describe('a WAV file', () => {
  it('is read as it was written, to the precision of 16 bits', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ min: -1, max: 1, noNaN: true, maxLength: 300 }),
        fc.integer({ min: 4000, max: 192000 }),
        (samples, rate) => {
          const back = readWav(writeWav({ samples, rate }), 'a.wav');
          expect([back.rate, back.samples.length]).toEqual([rate, samples.length]);
          for (let i = 0; i < samples.length; i++)
            expect(Math.abs(back.samples[i] - samples[i])).toBeLessThanOrEqual(1.01 / 32768);
        },
      ),
    );
  });

  it('is read to its end when the recorder was killed before it wrote the sizes, or streamed', () => {
    const whole = writeWav(sine(440, 16000, 100));
    const withSizes = (riff: number, data: number) => {
      const bytes = whole.slice();
      const view = new DataView(bytes.buffer);
      view.setUint32(4, riff, true);
      view.setUint32(40, data, true);
      return readWav(bytes, 'a.wav').samples;
    };
    const { samples } = readWav(whole, 'a.wav');
    for (const riff of [0, 36, 0xffffffff]) {
      for (const data of [0, 0xffffffff, 0x7fffffff]) expect(withSizes(riff, data)).toEqual(samples);
    }
    // A finished file that has no samples, and a chunk of text behind.
    const empty = Uint8Array.from([
      ...writeWav({ samples: new Float32Array(0), rate: 16000 }),
      ...whole.subarray(36, 44),
      1,
      2,
    ]);
    new DataView(empty.buffer).setUint32(4, empty.length - 8, true);
    expect(readWav(empty, 'a.wav').samples).toHaveLength(0);
    const pointer = new TextEncoder().encode('version https://git-lfs.github.com/spec/v1\noid sha256:0a\nsize 9\n');
    expect(() => readWav(pointer, 'a.wav')).toThrow(
      'a.wav: this is a Git LFS pointer, not the file itself: run git lfs pull',
    );
  });

  it('is read to its end when truncated, and other bytes cause no error but an InputError', () => {
    const whole = writeWav(sine(440, 16000, 100));
    expect(readWav(whole.subarray(0, 44 + 100), 'a.wav').samples).toHaveLength(50);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), fc.nat(60), (noise, at) => {
        const bytes = whole.slice();
        bytes.set(noise.subarray(0, bytes.length - at), at);
        try {
          for (const sample of readWav(bytes, 'a.wav').samples) expect(Math.abs(sample)).toBeLessThanOrEqual(1);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect(String(error)).toContain('a.wav: ');
        }
      }),
    );
    expect(() => readWav(new Uint8Array(3), 'a.wav')).toThrow(/a.wav: expected a WAV file/);
  });
});

describe('resampling', () => {
  it('keeps a tone in the pass band and removes one that would alias', () => {
    for (const rate of [8000, 22050, 44100, 48000]) {
      const tone = resample(sine(1000, rate, rate), 16000).samples;
      expect(tone).toHaveLength(16000);
      let worst = 0;
      for (let i = 500; i < 15500; i++)
        worst = Math.max(worst, Math.abs(tone[i] - 0.5 * Math.sin((2 * Math.PI * 1000 * i) / 16000)));
      expect(worst, `${rate}`).toBeLessThan(1e-3);
    }
    expect(rms(resample(sine(10000, 48000, 48000), 16000).samples.subarray(500, 15500))).toBeLessThan(1e-3);
  });

  it('does not depend on the division into blocks', () => {
    const rates = fc.constantFrom(8000, 11025, 16000, 22050, 44100, 48000);
    fc.assert(
      fc.property(
        rates,
        rates,
        fc.array(fc.nat(400), { minLength: 1, maxLength: 8 }),
        fc.nat(),
        (from, to, cuts, seed) => {
          const random = new Random(seed % 2 ** 31);
          const blocks = cuts.map((length) => Float32Array.from({ length }, () => random.uniform(-1, 1)));
          const cut = new Resampler(from, to);
          const pieces = concatenate([...blocks.map((block) => cut.resampleBlock(block)), cut.flush()]);
          const one = new Resampler(from, to);
          const whole = concatenate([one.resampleBlock(concatenate(blocks)), one.flush()]);
          expect(pieces).toEqual(whole);
          expect(whole.length).toBe(Math.ceil((concatenate(blocks).length * to) / from));
        },
      ),
    );
  });
});

describe('noise', () => {
  it('is mixed at the requested signal-to-noise ratio', () => {
    const random = new Random(1);
    const speech = sine(300, 16000, 8000);
    for (const noise of [pinkNoise(5000, 16000, random), motorNoise(9000, 16000, random)]) {
      for (const decibels of [20, 10, 0]) {
        const mixed = mixAtSnr(speech, noise, decibels);
        const rest = mixed.samples.map((sample, i) => sample - speech.samples[i]);
        expect(20 * Math.log10(rms(speech.samples) / rms(rest))).toBeCloseTo(decibels, 2);
      }
    }
  });
});

describe('Concatenator', () => {
  it('gives contiguous stamps to blocks that arrive unevenly', () => {
    const concatenator = new Concatenator();
    expect(concatenator.nextStamp(0.25, 10)).toBe(9.75);
    expect(concatenator.nextStamp(0.25, 10.4)).toBe(10);
    expect(concatenator.nextStamp(0.25, 10.41)).toBe(10.25);
  });

  it('starts a new sequence after a pause and after a jump of the clock', () => {
    const concatenator = new Concatenator();
    concatenator.nextStamp(0.25, 10);
    expect(concatenator.nextStamp(0.25, 12)).toBe(11.75);
    expect(concatenator.nextStamp(0.25, 3)).toBe(2.75);
  });
});
