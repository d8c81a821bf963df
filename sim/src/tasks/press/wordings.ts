import type { Command, Synonyms } from '../../wordings/command.ts';
import type { Wordings } from '../../wordings/wordings.ts';

/** Sentences of `press`, in three disjoint sets. */
export const WORDINGS: Wordings = {
  train: [
    'press the {colour} button',
    'push the {colour} button',
    'press the {colour} one',
    'please press the {colour} button',
    'could you push the {colour} button',
    'push the button that is {colour}',
    'press the button which is {colour}',
    'press the {colour} button until it clicks',
    'the {colour} button please',
    'I want you to press the {colour} button',
    'give the {colour} button a press',
    'go to the {colour} button and push it',
    'now push the {colour} button down',
    'hit the {colour} button',
  ],
  validation: [
    'please push the {colour} button',
    'could you press the {colour} one',
    'press the button that is {colour} please',
    'I want you to push the {colour} button down',
  ],
  report: [
    'give the {colour} button a push',
    'please press the button which is {colour}',
    'could you press the {colour} button until it clicks',
    'go and press the {colour} button now',
    'push down the {colour} one',
  ],
};

/** The command for a button. */
export const commandOf = (colour: string): Command => {
  const named = `the ${colour} button`;
  return { verb: 'press', object: named, rest: '', named };
};

/** Other words for those of a command. */
export const SYNONYMS: Synonyms = {
  development: { press: ['depress'], button: ['switch'] },
  report: { press: ['tap', 'poke', 'punch', 'activate'], button: ['key', 'switch', 'pushbutton'] },
};
