import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resample } from '../packages/speech/src/audio/resample.ts';
import { type RecogniserUnderTest, recogniserConformance } from '../packages/speech/src/conformance/recogniser.ts';
import { findPocketSphinx } from '../packages/speech/src/node/pocketsphinx/find-pocketsphinx.ts';
import { PocketSphinx } from '../packages/speech/src/node/pocketsphinx/recogniser.ts';
import { loadFlite } from '../packages/speech/src/node/weights/load.ts';
import type { Flite } from '../packages/speech/src/tts/flite.ts';
import { needs, POCKETSPHINX } from './needs.ts';

const files = findPocketSphinx();

describe('without PocketSphinx', () => {
  it('an error names the missing file, or the package to install', async () => {
    const nowhere = { library: '/no/lib.so', base: '/no/lib.so', model: '/no', dictionary: '/no' };
    await expect(PocketSphinx.start(commandGrammar(), nowhere)).rejects.toThrow(/\/no\/lib\.so/);
    if (!files) await expect(PocketSphinx.start(commandGrammar())).rejects.toThrow(/apt-get install libpocketsphinx3/);
  });
});

describe('PocketSphinx', needs(POCKETSPHINX), () => {
  let recogniser: PocketSphinx;
  let flite: Flite;
  const language = new Language();
  beforeAll(async () => {
    [recogniser, flite] = await Promise.all([PocketSphinx.start(commandGrammar()), loadFlite()]);
  });
  afterAll(() => recogniser.close());
  const synthesize = (text: string) => resample(flite.synthesize(text, { voice: 'rms', stretch: 1 }), 16000).samples;
  const recognise = (text: string) => recogniser.recognise(synthesize(text));

  describe('as a recogniser', () => {
    // A start costs more than a test. A recogniser of its own has the test that closes it, and the test of noise: PocketSphinx
    // adapts to what it heard before, and after other utterances takes a second of noise for a short command.
    const shared: RecogniserUnderTest = {
      recogniser: {
        recognise: (samples) => recogniser.recognise(samples),
        get exited() {
          return recogniser.exited;
        },
        close: async () => {},
      },
      synthesize,
    };
    const ofShared = recogniserConformance(async () => shared);
    const ofOwn = recogniserConformance(async () => ({
      recogniser: await PocketSphinx.start(commandGrammar()),
      synthesize,
    }));
    for (const [i, { name, run }] of ofShared.entries()) it(name, /close|noise/.test(name) ? ofOwn[i].run : run);
  });

  it('recognises and accepts commands', async () => {
    const commands = [
      'move left five centimeters',
      'move up five centimeters',
      'pick up the red cube',
      'rotate the wrist thirty degrees clockwise',
      'half speed',
    ];
    for (const text of commands) {
      const { text: recognised, accepted, confidence } = await recognise(text);
      expect(language.interpret(recognised), recognised).toEqual(language.interpret(text));
      expect(accepted).toBe('yes');
      expect(confidence).toBeGreaterThan(0.8);
    }
  });

  it('rejects sentences that are not commands', async () => {
    for (const text of ['i wonder what the weather will be like tomorrow', 'she sells sea shells by the shore']) {
      const { accepted, confidence } = await recognise(text);
      expect(accepted).toBe('no');
      expect(confidence).toBeLessThan(0.2);
    }
    expect(await recogniser.recognise(new Float32Array(16000))).toMatchObject({ accepted: 'no' });
    expect(await recogniser.recognise(new Float32Array(0))).toMatchObject({ accepted: 'no' });
  });

  it('detects stop before the utterance ends', async () => {
    const { stops } = await recognise('stop');
    expect(stops).toHaveLength(1);
    expect(stops[0].word).toBe('stop');
    expect(stops[0].detected).toBeGreaterThan(0.2);
  });

  it('recognises "abort", which the stop-word network does not detect, as a stop', async () => {
    const { text, accepted, stops } = await recognise('abort');
    expect(language.interpret(text)).toEqual({ kind: 'stop', word: 'abort' });
    expect(accepted).toBe('yes');
    expect(stops).toMatchObject([{ word: 'abort' }]);
  });
});
