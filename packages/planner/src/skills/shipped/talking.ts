import { z } from 'zod';
import { defineSkill } from '../skill.ts';

/** Largest number of characters of a sentence. */
const MAX_SENTENCE_LENGTH = 400;
/** Time for a person to answer (s). */
const ANSWER_TIME_S = 60;

/** Skill `say`: tells the person something. */
export const say = defineSkill({
  name: 'say',
  description: 'Tell the person something.',
  arguments: z.strictObject({ text: z.string().min(1).max(MAX_SENTENCE_LENGTH) }),
  uses: ['speech'],
  timeout: 20,
  unmet: () => [],
  expected: (_args, context) => context,
  run: async ({ text }, robot) => robot.say(text),
});

/** Skill `ask`: asks the person something; the answer is among the utterances of the context. */
export const ask = defineSkill({
  name: 'ask',
  description: 'Ask the person something and wait for the answer.',
  arguments: z.strictObject({ question: z.string().min(1).max(MAX_SENTENCE_LENGTH) }),
  uses: ['speech'],
  timeout: ANSWER_TIME_S,
  unmet: () => [],
  expected: (_args, context) => context,
  run: async ({ question }, robot) => {
    const answer = await robot.ask(question);
    robot.note(`the answer was: ${answer}`);
  },
});
