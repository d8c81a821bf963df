import type { Audio } from '@praxis/speech';
import { Language } from '@praxis/teleop';
import { describe, expect, it } from 'vitest';
import type { TestVoice } from '../test-voices.ts';
import type { ListenerOutput } from '../transcriber.ts';
import { synthesizeInstructions } from './spoken-instruction.ts';

const testVoice = (name: string): TestVoice => ({
  name,
  group: 'held out',
  synthesize: (text, stretch) => ({
    samples: Float32Array.from({ length: 200 * text.length * stretch }, (_, i) => 0.3 * Math.sin(0.2 * i)),
    rate: 16_000,
  }),
});

const utterance = (text: string, accepted: 'yes' | 'no') =>
  ({ text, accepted, confidence: 0.5, start: 0.5, end: 1.5, compute: 0.01 }) as const;
const stop = { word: 'stop', end: 1, detected: 1.1, by: 'stop words', confidence: 'high' } as const;

/** A room whose listener returns the given outputs one after the other. */
function setUpTrial(...all: readonly ListenerOutput[]) {
  const sounds: Audio[] = [];
  const say = synthesizeInstructions({
    language: new Language(),
    voices: [testVoice('a'), testVoice('b')],
    decibels: 20,
    transcribe: async (sound) => {
      sounds.push(sound);
      return all[sounds.length - 1];
    },
  });
  return { say, sounds };
}

describe('a spoken instruction', () => {
  it('is the accepted text', async () => {
    const { say, sounds } = setUpTrial({ utterances: [utterance('please lift the red cube', 'yes')], stops: [] });
    const spoken = await say('lift the red cube', 4);
    expect(spoken).toMatchObject({ voice: 'b', noise: 'motor', recognisedTexts: ['please lift the red cube'] });
    expect(spoken.understood).toEqual({ kind: 'instruction', text: 'lift the red cube' });
    expect(sounds).toHaveLength(1);
  });

  it('is repeated once, in other noise, after a rejection', async () => {
    const rejected = { utterances: [utterance('lift the red cube', 'no')], stops: [] };
    const { say, sounds } = setUpTrial(rejected, rejected);
    const spoken = await say('lift the red cube', 0);
    expect(spoken.understood).toEqual({ kind: 'rejected' });
    expect(spoken.recognisedTexts).toHaveLength(2);
    expect(sounds[0]).not.toEqual(sounds[1]);
    const again = setUpTrial(rejected, { utterances: [utterance('lift the red cube', 'yes')], stops: [] });
    expect((await again.say('lift the red cube', 0)).understood.kind).toBe('instruction');
    expect(again.sounds).toEqual(sounds);
  });

  it('is not repeated after a stop or another command', async () => {
    const one = setUpTrial({ utterances: [utterance('lift the red cube', 'yes')], stops: [stop] });
    expect((await one.say('lift the red cube', 0)).understood).toEqual({ kind: 'stop', word: 'stop' });
    const other = setUpTrial({ utterances: [utterance('move left five centimeters', 'yes')], stops: [] });
    expect((await other.say('lift the red cube', 0)).understood).toEqual({ kind: 'other command', command: 'move' });
  });
});
