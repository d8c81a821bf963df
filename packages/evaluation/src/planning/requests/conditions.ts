import { ASKS, depends, does, moved, REFUSES, requestsOf } from './request.ts';
import { BOXES, FOUR, PAIR, RED_ON_LEFT, TRIO } from './scenes.ts';

const four = { things: FOUR };
const pair = { things: PAIR };
const boxes = { things: BOXES };
const [FIRST_HEAVY, SECOND_HEAVY] = [
  { 'box 1': 0.4, 'box 2': 0.1 },
  { 'box 1': 0.1, 'box 2': 0.4 },
];
const [HEAVY, LIGHT] = [0.4, 0.1];

/** Requests whose steps depend on weights or places. */
export const conditionRequests = requestsOf('condition', [
  [
    four,
    'if the red cube is heavy put it on the left tray, otherwise on the right one',
    depends(
      [{ 'red cube': HEAVY }, ...moved('red cube', 'left tray')],
      [{ 'red cube': LIGHT }, ...moved('red cube', 'right tray')],
    ),
  ],
  [
    four,
    "weigh the red cube; if it's heavy, put it on the right tray",
    depends([{ 'red cube': HEAVY }, ...moved('red cube', 'right tray')], [{ 'red cube': LIGHT }]),
  ],
  [
    pair,
    'put whichever of the red cube and the blue cube is heavier on the left tray',
    depends(
      [{ 'red cube': 0.3, 'blue cube': 0.2 }, ...moved('red cube', 'left tray')],
      [{ 'red cube': 0.15, 'blue cube': 0.2 }, ...moved('blue cube', 'left tray')],
    ),
  ],
  [
    { things: TRIO },
    'put the heaviest thing on the right tray',
    depends(
      [{ 'red cube': 0.3, 'blue cube': 0.2, 'green cylinder': 0.1 }, ...moved('red cube', 'right tray')],
      [{ 'red cube': 0.1, 'blue cube': 0.2, 'green cylinder': 0.12 }, ...moved('blue cube', 'right tray')],
      [{ 'red cube': 0.1, 'blue cube': 0.2, 'green cylinder': 0.22 }, ...moved('green cylinder', 'right tray')],
    ),
  ],
  [four, 'if there is a green cylinder, lift it', does('take green cylinder')],
  [four, 'if you can see a purple cube lift it, otherwise lift the red cube', does('take red cube')],
  [
    four,
    "pick up the blue brick unless it's heavy",
    depends([{ 'blue brick': HEAVY }], [{ 'blue brick': LIGHT }, 'take blue brick']),
  ],
  [four, 'is the yellow cube on the left tray? if not, put it there', does(...moved('yellow cube', 'left tray'))],
  [
    { things: RED_ON_LEFT },
    'if the red cube is already on the left tray, take the blue brick, otherwise do nothing',
    does('take blue brick'),
  ],
  [
    boxes,
    'put the light box on the right tray and the heavy one on the left tray',
    {
      kind: 'steps',
      worlds: [
        { masses: FIRST_HEAVY, phases: [[moved('box 2', 'right tray'), moved('box 1', 'left tray')]] },
        { masses: SECOND_HEAVY, phases: [[moved('box 1', 'right tray'), moved('box 2', 'left tray')]] },
      ],
    },
  ],
  [
    boxes,
    'compare the two boxes and move the heavier one to the left tray',
    depends([FIRST_HEAVY, ...moved('box 1', 'left tray')], [SECOND_HEAVY, ...moved('box 2', 'left tray')]),
  ],
  [
    four,
    'should the green cylinder be light, it goes on the left tray; if it is heavy, on the right tray',
    depends(
      [{ 'green cylinder': LIGHT }, ...moved('green cylinder', 'left tray')],
      [{ 'green cylinder': HEAVY }, ...moved('green cylinder', 'right tray')],
    ),
  ],
  [
    pair,
    'lift the red cube if it weighs less than the blue cube, else lift the blue cube',
    depends(
      [{ 'red cube': 0.1, 'blue cube': 0.2 }, 'take red cube'],
      [{ 'red cube': 0.3, 'blue cube': 0.2 }, 'take blue cube'],
    ),
  ],
  [four, 'only if your gripper is empty, grab the yellow cube', does('take yellow cube')],
  [
    four,
    'as long as there is nothing on the right tray, put the red cube there',
    does(...moved('red cube', 'right tray')),
  ],
  [
    pair,
    'heavy cubes go on the left tray, light cubes on the right tray',
    {
      kind: 'steps',
      worlds: [
        {
          masses: { 'red cube': HEAVY, 'blue cube': LIGHT },
          phases: [[moved('red cube', 'left tray'), moved('blue cube', 'right tray')]],
        },
        {
          masses: { 'red cube': LIGHT, 'blue cube': LIGHT },
          phases: [[moved('red cube', 'right tray'), moved('blue cube', 'right tray')]],
        },
      ],
    },
  ],
  [four, 'if there is a purple brick on the table bring it to the left tray', REFUSES, ASKS, does()],
  [
    { things: RED_ON_LEFT },
    'take the red cube off the left tray if it is there',
    does('take red cube'),
    does('take red cube', 'put down red cube'),
  ],
]);
