import { ASKS, depends, does, moved, requestsOf } from './request.ts';
import { BOXES, FOUR, GREEN_ON_RIGHT, PAIR, PAIR_RED_ON_LEFT, RED_ON_LEFT, SIX, TRIO, TWINS } from './scenes.ts';

const four = { things: FOUR };
const six = { things: SIX };
const trio = { things: TRIO };

/** Requests that name a thing by where it is or how it compares; left, right, front and behind are as seen from the robot. */
export const relationRequests = requestsOf('relation', [
  [four, 'pick up the leftmost thing', does('take red cube')],
  [four, 'take the one furthest to the right', does('take yellow cube')],
  [four, 'lift the thing next to the green cylinder', does('take red cube')],
  [trio, 'grab the object to the right of the green cylinder', does('take blue cube')],
  [trio, 'take what is left of the green cylinder', does('take red cube')],
  [trio, 'lift the thing between the two cubes', does('take green cylinder')],
  [four, 'pick up the thing closest to you', does('take blue brick')],
  [four, 'fetch the one that is farthest away', does('take green cylinder')],
  [
    { things: PAIR },
    'lift the one that weighs more',
    depends(
      [{ 'red cube': 0.3, 'blue cube': 0.2 }, 'take red cube'],
      [{ 'red cube': 0.1, 'blue cube': 0.2 }, 'take blue cube'],
    ),
  ],
  [four, 'grab the biggest one', ASKS],
  [six, 'the cube nearest to the left tray', does('take red cube')],
  [{ things: RED_ON_LEFT }, "pick up whatever's on the left tray", does('take red cube')],
  [trio, 'the second one from the left', does('take green cylinder')],
  [six, 'put the leftmost cube on the right tray', does(...moved('red cube', 'right tray'))],
  [trio, 'the one in the middle please', does('take green cylinder')],
  [
    { things: BOXES },
    'lift the lighter of the two boxes',
    depends([{ 'box 1': 0.4, 'box 2': 0.1 }, 'take box 2'], [{ 'box 1': 0.1, 'box 2': 0.4 }, 'take box 1']),
  ],
  [{ things: TWINS }, 'pick up the red cube on the left', does('take red cube 1')],
  [{ things: TWINS }, 'take the right one of the red cubes', does('take red cube 2')],
  [
    { things: GREEN_ON_RIGHT },
    'move the thing that is on the right tray to the left tray',
    does(...moved('green cylinder', 'left tray')),
  ],
  [{ things: PAIR }, 'get the cube that is behind the red cube', does('take blue cube')],
  [{ things: PAIR }, 'the cube in front of the blue cube, lift that', does('take red cube')],
  [
    { things: PAIR_RED_ON_LEFT },
    "the cube that isn't on a tray yet goes on the right tray",
    does(...moved('blue cube', 'right tray')),
  ],
]);
