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

  it('is sure of commands, also of those of a task', async () => {
    for (const text of ['move up five centimeters', 'pick up the red cube']) {
      const { text: recognised, accepted, confidence } = await recognise(text);
      expect(language.interpret(recognised), recognised).toEqual(language.interpret(text));
      expect(accepted).toBe('yes');
      expect(confidence).toBeGreaterThan(0.8);
    }
  });

  it('is sure that a sentence is no command', async () => {
    const { accepted, confidence } = await recognise('she sells sea shells by the shore');
    expect(accepted).toBe('no');
    expect(confidence).toBeLessThan(0.2);
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
