import { ASKS, does, doesEach, moved, REFUSES, requestsOf } from './request.ts';
import { FOUR, PAIR, SIX, TRIO } from './scenes.ts';

const four = { things: FOUR };
const pair = { things: PAIR };
const trio = { things: TRIO };

/** Requests that leave something out or forbid it. */
export const negationRequests = requestsOf('negation', [
  [pair, 'pick up the cube that is not red', does('take blue cube')],
  [pair, 'anything but the red cube', does('take blue cube')],
  [four, 'give me anything but the red cube', ASKS],
  [four, 'do not touch the red cube', REFUSES, ASKS, does()],
  [four, 'lift one of the cubes, but not the yellow one', does('take red cube')],
  [
    four,
    'put everything except the blue brick on the left tray',
    doesEach(...['red cube', 'green cylinder', 'yellow cube'].map((name) => moved(name, 'left tray'))),
  ],
  [
    { things: SIX },
    'put all cubes but the green one on the right tray',
    doesEach(moved('red cube', 'right tray'), moved('blue cube', 'right tray')),
  ],
  [four, "don't pick up the green cylinder, pick up the blue brick", does('take blue brick')],
  [four, 'never mind the red cube, take the yellow cube', does('take yellow cube')],
  [trio, "take the thing that isn't a cube", does('take green cylinder')],
  [four, 'put the red cube on a tray, but not on the left one', does(...moved('red cube', 'right tray'))],
  [four, "I don't want the blue brick", REFUSES, ASKS, does()],
  [
    four,
    'put neither the red cube nor the yellow cube on the left tray, only the green cylinder',
    does(...moved('green cylinder', 'left tray')),
  ],
  [
    four,
    'leave the red cube where it is and bring the blue brick to the right tray',
    does(...moved('blue brick', 'right tray')),
  ],
  [
    trio,
    'all of them onto the right tray, apart from the cylinder',
    doesEach(moved('red cube', 'right tray'), moved('blue cube', 'right tray')),
  ],
  [pair, "hand me the one which isn't blue", does('take red cube')],
]);

/** Requests that name a wrong thing beside the right one. */
export const contrastRequests = requestsOf('contrast', [
  [four, 'not the green cylinder, the red cube', does('take red cube')],
  [four, 'the blue brick rather than the yellow cube, please', does('take blue brick')],
  [four, 'leave the green cylinder, take the red cube', does('take red cube')],
  [four, 'I said the yellow cube, not the red cube', does('take yellow cube')],
  [
    { things: FOUR, held: 'red cube', done: [['pick', { thing: 'red cube' }]] },
    'put it on the right tray, not on the left one',
    does('put red cube on right tray'),
  ],
  [four, 'instead of the red cube, get the yellow cube', does('take yellow cube')],
  [four, 'take the cylinder, not the brick', does('take green cylinder')],
  [four, 'the red cube stays, the blue brick goes to the left tray', does(...moved('blue brick', 'left tray'))],
  [four, "grab the yellow cube - the red one I don't need", does('take yellow cube')],
  [four, 'not left, right: put the red cube on the right tray', does(...moved('red cube', 'right tray'))],
  [pair, 'red, not blue', does('take red cube')],
  [four, 'no no, I want the cube in yellow, forget the red one', does('take yellow cube')],
  [trio, "it's the cylinder I want, not one of the cubes", does('take green cylinder')],
  [pair, 'pick the blue cube up instead of the red cube', does('take blue cube')],
]);
