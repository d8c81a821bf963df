import type { Command, Synonyms } from '../wordings/command.ts';
import type { Wordings } from '../wordings/wordings.ts';
import type { Side } from './trays.ts';

/** Sentences of `sort`, in three disjoint sets. */
export const WORDINGS: Wordings = {
  train: [
    'put the {weight} one on the {side} tray',
    'place the {weight} box on the {side} tray',
    'put the {weight} box onto the {side} tray',
    'move the {weight} one to the {side} tray',
    'please put the {weight} one on the {side} tray',
    'could you place the {weight} box on the {side} tray',
    'the {weight} box goes on the {side} tray',
    'on the {side} tray put the {weight} box',
    'take the {weight} one to the tray on the {side}',
    'set the {weight} box down on the {side} tray',
    'I want the {weight} one on the {side} tray',
    'the {weight} one belongs on the tray to the {side}',
    'find the {weight} box and put it on the {side} tray',
    'sort the {weight} box to the {side}',
  ],
  validation: [
    'please place the {weight} one on the {side} tray',
    'move the {weight} box onto the tray on the {side}',
    'I want the {weight} box on the {side} tray',
  ],
  report: [
    'the {weight} one goes to the {side} tray please',
    'could you put the {weight} box on the tray to the {side}',
    'find the {weight} one and place it on the {side} tray',
    'set the {weight} one down on the tray on the {side}',
    'take the {weight} box and put it on the {side} tray',
  ],
};

/** Words for each weight. */
export const WEIGHTS = { heavy: ['heavy', 'heavier'], light: ['light', 'lighter'] } as const;
/** Weight of a box beside the other one. */
export type Weight = keyof typeof WEIGHTS;
/** Word for a weight. */
export type WeightWord = (typeof WEIGHTS)[Weight][number];
/** The word for the other weight. */
export const OPPOSITE: Readonly<Record<WeightWord, WeightWord>> = {
  heavy: 'light',
  heavier: 'lighter',
  light: 'heavy',
  lighter: 'heavier',
};

/** The command for a box and a tray. */
export const commandOf = (weight: WeightWord, side: Side): Command => {
  const named = `the ${weight} box`;
  return { verb: 'put', object: named, rest: `on the ${side} tray`, named };
};

/** Other words for those of a command. */
export const SYNONYMS: Synonyms = {
  development: { put: ['lay'], box: ['crate'], tray: ['dish'], heavy: ['weighty'], light: ['lightweight'] },
  report: {
    put: ['deposit', 'drop', 'stick', 'rest'],
    box: ['carton', 'package', 'crate'],
    tray: ['plate', 'platter', 'dish'],
    heavy: ['weighty', 'hefty'],
    heavier: ['weightier', 'heftier'],
    light: ['lightweight', 'featherweight'],
    lighter: ['less heavy'],
  },
};
