import type { Command, Synonyms } from '../../wordings/command.ts';
import type { Wordings } from '../../wordings/wordings.ts';

/** How hard to wipe. */
export type Manner = 'gently' | 'firmly';

/** Words for each manner. */
export const MANNERS: Readonly<Record<Manner, readonly string[]>> = {
  gently: ['gently', 'softly'],
  firmly: ['firmly', 'strongly'],
};

/** Instructions of the task `wipe`. */
export const WORDINGS: Wordings = {
  train: [
    'wipe the {colour} patch {manner}',
    '{manner} wipe the {colour} patch',
    'clean the {colour} patch {manner}',
    'rub the {colour} patch {manner}',
    'please wipe the {colour} patch {manner}',
    'could you {manner} clean the {colour} patch',
    'the {colour} patch please and {manner}',
    'wipe {manner} over the {colour} patch',
    'go over the {colour} patch {manner}',
    'I want the {colour} patch wiped {manner}',
    'wipe the patch that is {colour} and press {manner}',
    'press {manner} and wipe the {colour} patch',
    'take the wiper {manner} over the {colour} patch',
    'now {manner} rub the patch which is {colour}',
    'clean the {colour} one and press {manner}',
  ],
  validation: [
    'please {manner} rub the {colour} patch',
    'could you wipe the {colour} patch {manner}',
    'go {manner} over the patch that is {colour}',
    'press {manner} and clean the {colour} patch',
  ],
  report: [
    'please clean the {colour} patch {manner}',
    'rub {manner} over the {colour} patch',
    'could you {manner} wipe the patch that is {colour}',
    'I want the {colour} patch clean and {manner} wiped',
    'now press {manner} and wipe the {colour} one',
  ],
};

/** The command for a patch. @param manner word for how hard to wipe it */
export const commandOf = (colour: string, manner: string): Command => {
  const named = `the ${colour} patch`;
  return { verb: 'wipe', object: named, rest: manner, named };
};

const LIGHTLY = ['lightly', 'delicately', 'tenderly'];
const HARD = ['hard', 'vigorously', 'forcefully'];
/** Other words for those of a command. */
export const SYNONYMS: Synonyms = {
  development: {
    wipe: ['polish'],
    patch: ['area'],
    gently: ['lightly'],
    softly: ['lightly'],
    firmly: ['hard'],
    strongly: ['hard'],
  },
  report: {
    wipe: ['scrub', 'mop', 'polish', 'sponge'],
    patch: ['spot', 'area', 'square'],
    gently: LIGHTLY,
    softly: LIGHTLY,
    firmly: HARD,
    strongly: HARD,
  },
};
