import type { Wordings } from '../../wordings/wordings.ts';

/** Patterns of the clauses of a request, by kind. */
export const CLAUSE_WORDINGS = {
  put: {
    train: [
      'put the {thing} on the {side} tray',
      'place the {thing} on the {side} tray',
      'move the {thing} to the {side} tray',
      'the {thing} goes on the {side} tray',
    ],
    validation: ['put the {thing} onto the {side} tray', 'set the {thing} down on the {side} tray'],
    report: [
      'take the {thing} to the {side} tray',
      'the {thing} belongs on the {side} tray',
      'lay the {thing} on the {side} tray',
    ],
  },
  if_weight: {
    train: [
      'put the {thing} on the {side} tray if it is {weight}, otherwise leave it',
      'if the {thing} is {weight}, put it on the {side} tray',
      'put the {thing} on the {side} tray only if it is {weight}',
    ],
    validation: [
      'place the {thing} on the {side} tray if it is {weight}, else leave it where it is',
      'when the {thing} is {weight}, move it to the {side} tray',
    ],
    report: [
      'if the {thing} is {weight}, take it to the {side} tray, otherwise leave it there',
      'move the {thing} to the {side} tray if it is {weight}',
      'the {thing} goes on the {side} tray if it is {weight}, otherwise it stays',
    ],
  },
  by_weight: {
    train: [
      'put the {thing} on the {side} tray if it is {weight}, otherwise on the {other} tray',
      'if the {thing} is {weight}, put it on the {side} tray, otherwise put it on the {other} one',
    ],
    validation: ['place the {thing} on the {side} tray if it is {weight}, else on the {other} one'],
    report: [
      'take the {thing} to the {side} tray if it is {weight}, otherwise to the {other} tray',
      'if the {thing} is {weight}, move it to the {side} tray, otherwise to the {other} one',
    ],
  },
  compared: {
    train: [
      'put the {comparison} of the {pair} on the {side} tray',
      'move the {comparison} of the {pair} to the {side} tray',
    ],
    validation: ['place the {comparison} one of the {pair} on the {side} tray'],
    report: [
      'the {comparison} of the {pair} belongs on the {side} tray',
      'take the {comparison} one of the {pair} to the {side} tray',
      'weigh the {pair} and put the {comparison} one on the {side} tray',
    ],
  },
  beside: {
    train: [
      'put everything on the {relation} of the {thing} on the {side} tray',
      'move everything to the {relation} of the {thing} to the {side} tray',
    ],
    validation: ['put everything {relation} of the {thing} onto the {side} tray'],
    report: [
      'put everything to the {relation} of the {thing} on the {side} tray',
      'place everything that is {relation} of the {thing} on the {side} tray',
      'take everything on the {relation} of the {thing} to the {side} tray',
    ],
  },
  twin: {
    train: [
      'put the {relation} one of the {pair} on the {side} tray',
      'put the {pair_one} on the {relation} on the {side} tray',
    ],
    validation: ['move the {relation} one of the {pair} to the {side} tray'],
    report: [
      'take the {relation} one of the {pair} to the {side} tray',
      'of the {pair}, put the {relation} one on the {side} tray',
    ],
  },
} as const satisfies Readonly<Record<string, Wordings>>;

/** What stands between two clauses. */
export const JOINTS: Wordings = {
  train: [', then ', ' and then '],
  validation: [', and after that ', ', and next '],
  report: ['. After that ', ', afterwards '],
};

/** A last clause of the kind `put` that leaves out the verb of the clause before it. */
export const ELLIPSES: Wordings = {
  train: [' and the {thing} on the {side} one'],
  validation: [' and the {thing} onto the {side} one'],
  report: [', and also the {thing} on the {side} one', ', but the {thing} on the {side} one'],
};
