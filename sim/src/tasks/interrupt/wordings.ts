import type { Wordings } from '../../wordings/wordings.ts';

/** What is said to name another goal, in three disjoint sets. `{thing}` is what the arm is to take, press or open. */
export const INSTEAD: Wordings = {
  train: [
    'the {thing} instead',
    'no, the {thing} instead',
    'not that one, the {thing}',
    'I meant the {thing}',
    'wait, the {thing} please',
    'sorry, I want the {thing} instead',
    'no, I meant the {thing}',
    'now the {thing} instead',
  ],
  validation: ['the {thing} instead please', 'no wait, the {thing}'],
  report: ['sorry, not that one, the {thing} instead', 'no, I want the {thing} please', 'wait, I meant the {thing}'],
};

/** What is said for less speed and force, after the instruction that stays in force. */
export const SOFTER: Wordings = {
  train: ['softer', 'softer please', 'more gently', 'be gentle', 'please be more gentle', 'now more gently please'],
  validation: ['softer now', 'gently please'],
  report: ['please more gently', 'now softer please', 'be softer'],
};

/** What is said to stop; the supervisor hears it, not the policy. */
export const STOP_WORD = 'stop';
