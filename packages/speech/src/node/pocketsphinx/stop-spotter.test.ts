import { Random } from '@praxis/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { joined, SPEECH_RATE } from '../../audio/audio.ts';
import { motorNoise } from '../../audio/noise.ts';
import { resample } from '../../audio/resample.ts';
import type { HeardStop } from '../../recognition/recogniser.ts';
import type { Flite, FliteVoice } from '../../voice/flite.ts';
import { loadFlite } from '../files.ts';
import { findPocketSphinx } from './find.ts';
import { PocketSphinxStops } from './stop-spotter.ts';

describe.runIf(findPocketSphinx())('PocketSphinxStops', () => {
  let spotter: PocketSphinxStops;
  let flite: Flite;
  /** Seconds that were heard so far. */
  let heard = 0;
  beforeAll(async () => {
    [spotter, flite] = await Promise.all([PocketSphinxStops.start(), loadFlite()]);
  });
  afterAll(() => spotter.close());

  /** What is found in a text with a pause on both sides, in seconds from where it begins. */
  async function hear(text: string, voice: FliteVoice = 'rms') {
    const { samples: said } = resample(flite.speak(text, { voice, stretch: 1 }), SPEECH_RATE);
    const pause = new Float32Array(SPEECH_RATE / 2);
    const samples = joined([pause, said, pause]);
    const found: HeardStop[] = [];
    for (let at = 0; at < samples.length; at += 512)
      found.push(...(await spotter.push(samples.subarray(at, at + 512))));
    const begin = heard;
    heard += samples.length / SPEECH_RATE;
    const speech = { begin: 0.5, end: 0.5 + said.length / SPEECH_RATE };
    return {
      speech,
      stops: found.map(({ word, end, detected }) => ({ word, end: end - begin, detected: detected - begin })),
    };
  }

  it('hears stop words when they end, whatever was said before them, for as long as it listens', async () => {
    for (let round = 0; round < 4; round++) {
      for (const text of ['stop', 'freeze', 'emergency', 'please stop', 'move left and stop', 'now freeze']) {
        const { stops, speech } = await hear(text);
        const word = text.split(' ').at(-1)!;
        expect(
          stops.map((stop) => stop.word),
          text,
        ).toEqual([word]);
        expect(Math.abs(stops[0].end - speech.end), text).toBeLessThan(0.6);
        expect(stops[0].detected - speech.end, text).toBeLessThan(0.3);
      }
    }
    // Longer than the decoder is kept.
    expect(heard).toBeGreaterThan(40);
  });

  it('hears them with other vowels', async () => {
    for (const word of ['stop', 'halt', 'freeze', 'emergency', 'abort']) {
      for (const voice of ['slt', 'awb', 'kal16'] as const) {
        const { stops } = await hear(word, voice);
        expect(
          stops.map((stop) => stop.word),
          `${voice}: ${word}`,
        ).toContain(word);
      }
    }
  });

  it('does not take similar words of commands for them', async () => {
    for (const text of ['go faster', 'reach out three inches', 'pick up the bottle']) {
      for (const voice of ['awb', 'kal16'] as const) {
        expect((await hear(text, voice)).stops, `${voice}: ${text}`).toEqual([]);
      }
    }
  });

  it('is not sure of what may be another word of the language, or of the policy', async () => {
    const own = await PocketSphinxStops.start({ extension: { words: ['purple'], instructions: [] } });
    const sound = (text: string, voice: FliteVoice) => {
      const { samples } = resample(flite.speak(text, { voice, stretch: 1 }), SPEECH_RATE);
      return joined([new Float32Array(SPEECH_RATE / 2), samples, new Float32Array(SPEECH_RATE / 2)]);
    };
    const certainties = async (text: string, voice: FliteVoice) => {
      const found: string[] = [];
      const samples = sound(text, voice);
      // As in a noisy room, where less has to be heard of a word.
      for (let at = 0; at < samples.length; at += 512) {
        found.push(...(await own.push(samples.subarray(at, at + 512), 20)).map(({ certainty }) => certainty));
      }
      return found;
    };
    for (const voice of ['slt', 'awb', 'rms'] as const) {
      for (const text of ['stop', 'please stop']) {
        expect(await certainties(text, voice), `${voice}: ${text}`).toContain('sure');
      }
      for (const text of ['take hold of the purple cube please', 'please raise the blue brick']) {
        expect(await certainties(text, voice), `${voice}: ${text}`).not.toContain('sure');
      }
    }
    await own.close();
  });

  it('judges what it heard by the noise that there was then', async () => {
    const own = await PocketSphinxStops.start();
    // Near enough to "halt" for a noisy room.
    const text = 'he said the results would be ready next week';
    const { samples } = resample(flite.speak(text, { voice: 'slt', stretch: 1 }), SPEECH_RATE);
    const pause = new Float32Array(SPEECH_RATE / 2);
    const sound = joined([pause, samples, pause]);
    for (let at = 0; at < sound.length; at += 512) {
      expect(await own.push(sound.subarray(at, at + 512))).toEqual([]);
    }
    expect(await own.push(pause, 15)).toEqual([]);
    await own.close();
  });

  it('hears none in the steady sound of a motor', async () => {
    const motor = motorNoise(20 * SPEECH_RATE, SPEECH_RATE, new Random(3, 'motor'));
    heard += 20;
    expect(
      await spotter.push(
        motor.samples.map((sample) => 0.1 * sample),
        2,
      ),
    ).toEqual([]);
  });

  it('hears none in commands and in silence', async () => {
    for (const text of ['move left five centimeters', 'pick up the red cube', 'half speed', 'go home']) {
      expect((await hear(text)).stops, text).toEqual([]);
    }
    expect(await spotter.push(new Float32Array(10 * SPEECH_RATE))).toEqual([]);
    heard += 10;
  });

  it('that was closed says so', async () => {
    const closed = await PocketSphinxStops.start();
    await closed.close();
    await expect(closed.push(new Float32Array(512))).rejects.toThrow(/PocketSphinx is gone/);
    expect(await closed.gone).toMatch(/ended/);
  });
});
