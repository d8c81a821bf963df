import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resample } from '../audio/resample.ts';
import { loadFlite, loadWordNetwork } from '../node/weights/load.ts';
import type { Flite } from '../tts/flite.ts';
import { WordFit } from './ctc.ts';
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
  const label = (text: string) =>
    network.labelSpeech(resample(flite.synthesize(text, { voice: 'kal', stretch: 1 }), 16_000).samples);

  it('scores the spoken command highest, for a voice outside the training set', async () => {
    const commands = [
      'pick up the red cube',
      'move left five centimeters',
      'go home',
      'open the gripper',
      'half speed',
    ];
    for (const spoken of commands) {
      const rows = await label(spoken);
      const fits = commands.map((text) => fit.score(text, rows));
      expect(commands[fits.indexOf(Math.max(...fits))]).toBe(spoken);
    }
  });

  it('scores a command low for other speech', async () => {
    const command = fit.score('pick up the red cube', await label('pick up the red cube'));
    const conversation = fit.score('put the blue plate on the table', await label('she sells sea shells by the shore'));
    expect(conversation).toBeLessThan(command - 10);
  });

  it('returns the same labels for an utterance whatever precedes it', async () => {
    const [first, , again] = await Promise.all([label('go home'), label('half speed'), label('go home')]);
    expect(again.values).toEqual(first.values);
  });

  it('returns log probabilities, for silence and for an empty utterance too', async () => {
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
