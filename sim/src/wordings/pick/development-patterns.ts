import { COLOUR_SYNONYMS } from '../colours.ts';
import type { NearPatterns } from './near-wording.ts';

/** Wordings that the rules were written with. */
export const DEVELOPMENT_PATTERNS: NearPatterns = {
  plain: ['take hold of the {name}', 'please raise the {name}', 'get me the {name} please', 'grab the {name}'],
  synonym: ['fetch the {name}', 'seize the {name}', 'hoist the {name}', 'collect the {name}', 'snatch the {name}'],
  'word order': [
    'the {name}, pick it up',
    'from the table lift the {name}',
    'up with the {name}',
    'it is the {name} that I want you to take',
    'the {shape}, I mean the {colour} one, take that up',
  ],
  polite: [
    'would you be so kind as to pick up the {name} for me, thank you very much',
    'if it is not too much trouble, I would really like you to lift the {name} now',
    'hello robot, when you are ready please go ahead and take the {name} from the table for me',
    'excuse me, could you possibly grab the {name} and hold it up so that I can see it',
  ],
  colours: COLOUR_SYNONYMS.development,
  shapes: {
    cube: ['dice'],
    cylinder: ['tube', 'can'],
    brick: ['bar'],
  },
};
