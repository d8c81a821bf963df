import { does, moved, requestsOf } from './request.ts';
import { FOUR, PAIR, PAIR_RED_ON_LEFT, RED_ON_LEFT, TRIO } from './scenes.ts';

const holding = (thing: string, things = FOUR) => ({
  things,
  held: thing,
  said: [`pick up the ${thing}`],
  done: [['pick', { thing }] as const],
});
const placed = (thing: string, place: string) => [['pick', { thing }] as const, ['place', { place }] as const] as const;

/** Requests that refer to what was said or done before. */
export const referenceRequests = requestsOf('reference', [
  [holding('red cube'), 'now put it on the left tray', does('put red cube on left tray')],
  [
    { things: RED_ON_LEFT, said: ['put the red cube on the left tray'], done: placed('red cube', 'left tray') },
    'do the same with the yellow cube',
    does(...moved('yellow cube', 'left tray')),
  ],
  [
    { things: PAIR_RED_ON_LEFT, said: ['put the red cube on the left tray'], done: placed('red cube', 'left tray') },
    'and the other one too',
    does(...moved('blue cube', 'left tray')),
  ],
  [{ things: PAIR, said: ['pick up the red cube'] }, 'no, the blue one', does('take blue cube')],
  [
    { ...holding('red cube'), said: ['put the red cube on the left tray'] },
    'no, on the other tray',
    does('put red cube on right tray'),
  ],
  [
    { things: RED_ON_LEFT, said: ['put the red cube on the left tray'], done: placed('red cube', 'left tray') },
    'do it again with the green one',
    does(...moved('green cylinder', 'left tray')),
  ],
  [holding('blue brick'), 'put it back down', does('put down blue brick')],
  [
    {
      things: FOUR,
      said: ['lift the red cube', 'put it down'],
      done: [['pick', { thing: 'red cube' }], ['put_down']],
    },
    'give me the one you just put down',
    does('take red cube'),
  ],
  [
    { things: FOUR, said: ['move left 5 cm'], done: [['move', { direction: 'left', distance: 0.05 }]] },
    'again please',
    does('move left 0.05'),
  ],
  [
    { things: RED_ON_LEFT, said: ['put the red cube on the left tray'], done: placed('red cube', 'left tray') },
    'put it on the other tray',
    does(...moved('red cube', 'right tray')),
  ],
  [holding('green cylinder'), 'that one goes on the right tray', does('put green cylinder on right tray')],
  [{ things: FOUR, said: ['grab the red cube'] }, 'sorry, I meant the yellow one', does('take yellow cube')],
  [
    { things: RED_ON_LEFT, said: ['put the red cube on the left tray'], done: placed('red cube', 'left tray') },
    'same for the brick',
    does(...moved('blue brick', 'left tray')),
  ],
  [{ things: FOUR, said: ['pick up the red cube'] }, 'no wait, the other cube', does('take yellow cube')],
  [
    { things: FOUR, said: ['put the red cube on the right tray'] },
    'what I said before, but with the blue brick',
    does(...moved('blue brick', 'right tray')),
  ],
  [
    { things: TRIO, said: ['weigh the green cylinder'], done: [['weigh', { thing: 'green cylinder' }]] },
    'okay, now lift it',
    does('take green cylinder'),
  ],
  [holding('red cube', PAIR), 'no, the blue one', does('put down red cube', 'take blue cube')],
  [
    holding('yellow cube'),
    'let go of it gently over there, on the tray on the right',
    does('put yellow cube on right tray'),
  ],
]);
