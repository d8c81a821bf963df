import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resample } from '../audio/resample.ts';
import { loadFlite, loadWordNetwork } from '../node/weights/load.ts';
import type { Flite } from '../tts/flite.ts';
import { WordFit } from './word-fit.ts';
import type { WordNetwork } from './word-network.ts';

describe('WordNetwork', () => {
  let network: WordNetwork;
  let fit: WordFit;
  let flite: Flite;
  beforeAll(async () => {
    network = await loadWordNetwork();
    fit = new WordFit(network.words);
    flite = await loadFlite();
  });
  afterAll(() => network.close());
  const hear = (text: string) =>
    network.labelSpeech(resample(flite.synthesize(text, { voice: 'kal', stretch: 1 }), 16_000).samples);

  it('hears which of several commands was said, by a voice that it was not taught with', async () => {
    const commands = [
      'pick up the red cube',
      'move left five centimeters',
      'go home',
      'open the gripper',
      'half speed',
    ];
    for (const said of commands) {
      const rows = await hear(said);
      const fits = commands.map((text) => fit.score(text, rows));
      expect(commands[fits.indexOf(Math.max(...fits))]).toBe(said);
    }
  });

  it('hears that what was said is no command', async () => {
    const command = fit.score('pick up the red cube', await hear('pick up the red cube'));
    const chatter = fit.score('put the blue plate on the table', await hear('she sells sea shells by the shore'));
    expect(chatter).toBeLessThan(command - 10);
  });

  it('hears the same in an utterance whatever was said before', async () => {
    const [first, , again] = await Promise.all([hear('go home'), hear('half speed'), hear('go home')]);
    expect(again.values).toEqual(first.values);
  });

  it('gives rows of logarithms of probabilities, of silence and of no sound too', async () => {
    for (const samples of [new Float32Array(0), new Float32Array(16_000)]) {
      const { values, labels } = await network.labelSpeech(samples);
      expect(values.length % labels).toBe(0);
      for (let row = 0; row < values.length; row += labels) {
        const sum = values.subarray(row, row + labels).reduce((all, value) => all + Math.exp(value), 0);
        expect(sum).toBeCloseTo(1, 4);
      }
    }
  });
});
