import type { Command, Synonyms } from '../../wordings/command.ts';
import type { Wordings } from '../../wordings/wordings.ts';

/** Sentences of `drawer`, in three disjoint sets. */
export const WORDINGS: Wordings = {
  train: [
    'open the {colour} drawer',
    'pull the {colour} drawer open',
    'please open the {colour} drawer',
    'could you open the {colour} drawer',
    'pull out the {colour} drawer',
    'open the drawer that is {colour}',
    'open the drawer which is {colour}',
    'the {colour} drawer please',
    'open the {colour} one',
    'I want the {colour} drawer open',
    'I want you to pull the {colour} drawer out',
    'go to the {colour} drawer and open it',
    'now slide the {colour} drawer open',
    'get the {colour} drawer open',
  ],
  validation: [
    'please pull the {colour} drawer open',
    'could you pull out the {colour} one',
    'open the drawer that is {colour} please',
    'I want you to open the {colour} drawer',
  ],
  report: [
    'slide open the {colour} drawer',
    'please pull out the {colour} drawer now',
    'could you get the {colour} drawer open',
    'go and open the drawer which is {colour}',
    'pull the {colour} one open please',
  ],
};

/** The command for a drawer. */
export const commandOf = (colour: string): Command => {
  const named = `the ${colour} drawer`;
  return { verb: 'open', object: named, rest: '', named };
};

/** Other words for those of a command. */
export const SYNONYMS: Synonyms = {
  development: { open: ['draw'], drawer: ['compartment'] },
  report: { open: ['unclose', 'tug out', 'draw out', 'extend'], drawer: ['compartment', 'slider', 'tray'] },
};
