import type { Random } from '@praxis/core';
import type { Intent, Language } from '@praxis/teleop';
import { isSpoken, sampleWording } from '@praxis/teleop';

/** A command in words, and the intent of its text. */
export interface Phrase {
  readonly text: string;
  readonly intent: Intent;
}

/**
 * Draws wordings of every row of the command table from its grammar. The rows of `stop` are left out: {@link STOP_UTTERANCES} covers
 * them.
 * @param each number of wordings per row; a row with fewer wordings gives fewer
 */
export function drawPhrases(language: Language, each: number, random: Random): readonly Phrase[] {
  return language.rows
    .filter(({ kind }) => kind !== 'stop')
    .flatMap(({ kind, nodes }) => {
      const texts = new Set<string>();
      // A row with few wordings is drawn many times; each text is interpreted once.
      const drawn = new Set<string>();
      const spoken = nodes.filter(isSpoken);
      for (let trial = 0; trial < 40 * each && texts.size < each; trial++) {
        const text = sampleWording(language, random.pick(spoken), random);
        if (drawn.has(text)) continue;
        drawn.add(text);
        if (language.interpret(text).kind === kind) texts.add(text);
      }
      return [...texts].map((text) => ({ text, intent: language.interpret(text) }));
    });
}

/** Utterances that end with a stop word, so that the end of the sound is the end of the word. */
export const STOP_UTTERANCES = [
  'stop',
  'halt',
  'freeze',
  'emergency',
  'please halt',
  'please stop',
  'robot stop',
  'no stop',
  'move left and stop',
  'hold it stop',
  'stop stop',
  'now freeze',
] as const;

/** A detected stop is the expected one when it ends at most this long before the end of such an utterance (s). */
export const STOP_MATCH_WINDOW_S = 0.7;

/** Conversation near a robot: sentences that are no commands and contain no stop word. */
export const CHATTER = [
  'i wonder what the weather will be like tomorrow',
  'did you see the game last night',
  'she sells sea shells by the shore',
  'my sister is coming over for dinner on friday',
  'the meeting has been moved to three thirty',
  'we should really order some more coffee',
  'that was not what i expected at all',
  'he said the results would be ready next week',
  'have you ever been to the mountains in winter',
  'the train was late again this morning',
  'it looks like the camera needs a new lens',
  'i think somebody left the door unlocked',
  'let us talk about the budget after lunch',
  'there is a new restaurant near the station',
  'the children were playing in the garden',
  'can anybody remember where the keys are',
  'this paper describes a method for learning from examples',
  'the river runs through the middle of the old town',
  'he bought a bottle of water and a newspaper',
  'my computer has been very slow since the update',
  'what time does the library close on sundays',
  'they painted the whole house a very pale yellow',
  'nobody knew the answer to the second question',
  'the doctor told her to drink more water',
  'a good night of sleep makes all the difference',
  'we have been waiting for this letter since march',
  'the professor explained the theorem once more',
  'his brother works for a company that makes engines',
  'it rained so hard that the streets were flooded',
  'remember to call your mother on her birthday',
  'the music next door is getting on my nerves',
  'i would rather walk than wait for the bus',
] as const;
