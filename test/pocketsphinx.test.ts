import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resample } from '../packages/speech/src/audio/resample.ts';
import { recogniserConformance } from '../packages/speech/src/conformance/recogniser.ts';
import {
  findPocketSphinx,
  POCKETSPHINX_INSTALL_COMMAND,
} from '../packages/speech/src/node/pocketsphinx/find-pocketsphinx.ts';
import { PocketSphinx } from '../packages/speech/src/node/pocketsphinx/recogniser.ts';
import { loadFlite } from '../packages/speech/src/node/weights/load.ts';
import type { Flite } from '../packages/speech/src/tts/flite.ts';

const files = findPocketSphinx();
if (!files)
  console.warn(`PocketSphinx is not on this machine: its tests are skipped (${POCKETSPHINX_INSTALL_COMMAND})`);

describe('without PocketSphinx', () => {
  it('says what is missing and how to get it, or what does not start', async () => {
    const nowhere = { library: '/no/lib.so', base: '/no/lib.so', model: '/no', dictionary: '/no' };
    await expect(PocketSphinx.start(commandGrammar(), nowhere)).rejects.toThrow(/\/no\/lib\.so/);
    if (!files) await expect(PocketSphinx.start(commandGrammar())).rejects.toThrow(/apt-get install libpocketsphinx3/);
  });
});

describe.runIf(files)('PocketSphinx', () => {
  let recogniser: PocketSphinx;
  let flite: Flite;
  const language = new Language();
  beforeAll(async () => {
    [recogniser, flite] = await Promise.all([PocketSphinx.start(commandGrammar()), loadFlite()]);
  });
  afterAll(() => recogniser.close());
  const hear = (text: string) =>
    recogniser.recognise(resample(flite.synthesize(text, { voice: 'rms', stretch: 1 }), 16000).samples);

  it('hears commands and takes them', async () => {
    const commands = [
      'move left five centimeters',
      'move up five centimeters',
      'pick up the red cube',
      'rotate the wrist thirty degrees clockwise',
      'half speed',
    ];
    for (const text of commands) {
      const { text: heard, accepted, confidence } = await hear(text);
      expect(language.interpret(heard), heard).toEqual(language.interpret(text));
      expect(accepted).toBe('yes');
      expect(confidence).toBeGreaterThan(0.8);
    }
  });

  it('does not take for a command what is none', async () => {
    for (const text of ['i wonder what the weather will be like tomorrow', 'she sells sea shells by the shore']) {
      const { accepted, confidence } = await hear(text);
      expect(accepted).toBe('no');
      expect(confidence).toBeLessThan(0.2);
    }
    expect(await recogniser.recognise(new Float32Array(16000))).toMatchObject({ accepted: 'no' });
    expect(await recogniser.recognise(new Float32Array(0))).toMatchObject({ accepted: 'no' });
  });

  it('hears stop before the utterance is over', async () => {
    const { stops } = await hear('stop');
    expect(stops).toHaveLength(1);
    expect(stops[0].word).toBe('stop');
    expect(stops[0].detected).toBeGreaterThan(0.2);
  });

  it('hears "abort", which is not spotted, as a stop', async () => {
    const { text, accepted, stops } = await hear('abort');
    expect(language.interpret(text)).toEqual({ kind: 'stop', word: 'abort' });
    expect(accepted).toBe('yes');
    expect(stops).toMatchObject([{ word: 'abort' }]);
  });
});

describe.runIf(files)('PocketSphinx as a recogniser', () => {
  const make = async () => {
    const [recogniser, flite] = await Promise.all([PocketSphinx.start(commandGrammar()), loadFlite()]);
    return {
      recogniser,
      synthesize: (text: string) => resample(flite.synthesize(text, { voice: 'rms', stretch: 1 }), 16000).samples,
    };
  };
  for (const { name, run } of recogniserConformance(make)) it(name, run);
});
