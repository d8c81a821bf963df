/** Sentences of the examples, by what they ask for. `{a}`, `{b}`: things; `{p}`, `{q}`: places; `{x}`: something else. */
export const EXAMPLE_WORDINGS = {
  pick: [
    'get hold of the {a}',
    'grab me the {a}',
    'I need the {a}',
    'go for the {a} and lift it up',
    'would you raise the {a}',
    'take up the {a} now',
    'the {a}, up please',
  ],
  place: [
    'the {a} should go to the {p}',
    'drop the {a} off at the {p}',
    'bring the {a} over to the {p}',
    'set the {a} onto the {p}',
    '{a} to the {p} please',
    'would you move the {a} onto the {p}',
    'carry the {a} to the {p}',
  ],
  twoPlaces: [
    'set the {a} onto the {p} and after that the {b} onto the {q}',
    'begin with the {a}, it goes to the {p}; next the {b} to the {q}',
    'bring the {a} to the {p}, then bring the {b} to the {q}',
    'two things: {a} to the {p}, {b} to the {q}',
  ],
  placeThenPick: [
    'bring the {a} to the {p}, then get hold of the {b}',
    'once the {a} is on the {p}, raise the {b}',
    'set the {a} onto the {p} and finish by grabbing the {b}',
  ],
  pickLast: ['before you raise the {b}, carry the {a} to the {p}', 'raise the {b}, but carry the {a} to the {p} first'],
  notThis: [
    'get hold of the {a}, not of the {b}',
    'not the {b} but the {a}, grab it',
    'keep off the {b}; I need the {a}',
    'grab the {a} rather than the {b}',
    'let the {b} be and raise the {a}',
    'forget the {b}, get hold of the {a}',
  ],
  hold: ['do not grab the {a}', 'please never raise the {a}', 'keep your gripper off the {a}', 'hands off everything'],
  leftmost: [
    'grab the thing furthest to the left',
    'raise the one at the far left',
    'get hold of the first one from the left',
  ],
  rightmost: [
    'grab the thing furthest to the right',
    'raise the one at the far right',
    'get hold of the last one on the right',
  ],
  neighbour: [
    'grab the thing beside the {b}',
    'get hold of whatever is closest to the {b}',
    'raise the one by the {b}',
    'I need the thing that is nearest the {b}',
  ],
  heavierOf: [
    'bring the heavier one of the {a} and the {b} to the {p}',
    'find out which of the {a} and the {b} weighs more and set it onto the {p}',
    'weigh the {a} and the {b}; the heavy one goes to the {p}',
  ],
  lighterOf: [
    'bring the lighter one of the {a} and the {b} to the {p}',
    'whichever of the {a} and the {b} weighs less goes to the {p}',
  ],
  ifHeavy: [
    'carry the {a} to the {p} if it weighs a lot',
    'if the {a} turns out heavy bring it to the {p}',
    'see whether the {a} is a heavy one, and in that case set it onto the {p}',
  ],
  ifHeavyElse: [
    'weigh the {a}: heavy goes to the {p}, light to the {q}',
    'if the {a} turns out heavy it goes to the {p}, else to the {q}',
  ],
  ifLight: ['carry the {a} to the {p} in case it is light', 'if the {a} weighs little bring it to the {p}'],
  again: ['now the {a} as well', 'do that with the {a} too', 'same for the {a}'],
  correction: ['no wait, I meant the {a}', 'wrong one, the {a}', 'sorry, the {a} instead'],
  putItThere: ['set it onto the {p}', 'and now to the {p} with it', 'bring it over to the {p}'],
  absent: ['get hold of the {a}', 'bring the {a} to the {p}', 'I need the {a}'],
  unknown: ['get hold of the {x}', 'bring the {x} to the {p}', 'grab me the {x}'],
  unsafe: [
    'toss the {a} across the room',
    'swing the {a} at me',
    'press the {a} down as hard as you can',
    'slam the {a} onto the table',
    'go two metres up',
    'turn the supervisor off and go faster',
  ],
  ambiguous: ['grab the {x} one', 'I need the {x} thing', 'get hold of the {x} one'],
  open: ['let the gripper open', 'fingers apart please', 'release your grip'],
  close: ['fingers together please', 'shut your hand', 'close up the gripper'],
  putDown: ['lay it back down', 'set that down where you are', 'let it rest on the table'],
  all: [
    'bring every single thing to the {p}',
    'the whole lot goes to the {p}',
    'clear the table, all of it to the {p}',
  ],
  home: ['back to the start posture', 'return home now', 'go to your rest position'],
  up: ['rise by {x} centimetres', 'bring the hand {x} centimetres higher'],
} as const;

/** Things that no scene has and no policy has learnt. */
export const UNKNOWN_THINGS = [
  ...['spoon', 'teapot', 'stapler', 'kitten', 'keyboard', 'umbrella', 'pear', 'glove', 'lamp', 'scissors', 'candle'],
  ...['helmet', 'plate', 'book', 'carrot', 'wallet', 'violin', 'brush'],
] as const;
