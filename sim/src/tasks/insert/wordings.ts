import type { Command, Synonyms } from '../../wordings/command.ts';
import type { Wordings } from '../../wordings/wordings.ts';

/** Instructions of the task `insert`. */
export const WORDINGS: Wordings = {
  train: [
    'put the peg into the {colour} socket',
    'insert the peg into the {colour} socket',
    'push the peg into the {colour} socket',
    'place the peg in the {colour} socket',
    'please put the peg into the {colour} socket',
    'could you insert the peg into the {colour} socket',
    'the peg goes into the {colour} socket',
    'into the {colour} socket put the peg',
    'plug the peg into the {colour} socket',
    'I want the peg in the {colour} socket',
    'put the peg into the socket that is {colour}',
    'find the {colour} socket and insert the peg',
    'the {colour} socket is where the peg belongs',
    'fit the peg into the {colour} hole',
    'now put the peg in the {colour} hole please',
  ],
  validation: [
    'please insert the peg into the {colour} hole',
    'could you put the peg in the {colour} socket',
    'push the peg into the socket that is {colour}',
    'plug the peg into the {colour} hole please',
  ],
  report: [
    'fit the peg into the {colour} socket',
    'please push the peg in the {colour} hole',
    'could you plug the peg into the socket that is {colour}',
    'find the {colour} hole and put the peg in',
    'the peg belongs in the {colour} socket',
  ],
};

/** The command for a socket. */
export const commandOf = (colour: string): Command => {
  const named = `the ${colour} socket`;
  return { verb: 'put', object: 'the peg', rest: `into ${named}`, named };
};

/** Other words for those of a command. */
export const SYNONYMS: Synonyms = {
  development: { put: ['stick'], peg: ['pin'], socket: ['opening'] },
  report: {
    put: ['slot', 'slide', 'seat', 'sink'],
    peg: ['dowel', 'rod', 'pin'],
    socket: ['receptacle', 'slot', 'opening'],
  },
};
