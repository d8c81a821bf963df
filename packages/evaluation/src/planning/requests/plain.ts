import { depends, does, doesEach, moved, requestsOf } from './request.ts';
import { BOXES, FOUR, MIXED, PAIR, SIX, TRIO } from './scenes.ts';

const four = { things: FOUR };
const holdingRed = { things: FOUR, held: 'red cube', done: [['pick', { thing: 'red cube' }] as const] };
const boxes = { things: BOXES };
const [FIRST_HEAVY, SECOND_HEAVY] = [
  { 'box 1': 0.4, 'box 2': 0.1 },
  { 'box 1': 0.1, 'box 2': 0.4 },
];

/** Requests for one thing to do. */
export const oneStepRequests = requestsOf('one step', [
  [four, 'pick up the red cube', does('take red cube')],
  [four, 'could you grab me the green cylinder?', does('take green cylinder')],
  [four, 'Lift the blue brick, please.', does('take blue brick')],
  [four, 'I need the yellow one', does('take yellow cube')],
  [four, 'move left five centimetres', does('move left 0.05')],
  [four, 'go home', does('home')],
  [four, 'open your hand', does('open')],
  [holdingRed, 'put it on the left tray', does('put red cube on left tray')],
  [four, 'weigh the blue brick', does('weigh blue brick')],
  [four, 'put the green cylinder on the tray on the right', does(...moved('green cylinder', 'right tray'))],
  [four, 'turn the gripper clockwise by thirty degrees', does('rotate 0.524')],
  [four, 'have another look at the table', does('look')],
  [four, 'hover over the yellow cube', does('above yellow cube')],
  [holdingRed, 'Set that down, would you', does('put down red cube')],
  [four, 'wait ten seconds', does('wait 10')],
  [four, 'the crimson cube, please', does('take red cube')],
  [four, 'raise the arm by 8 cm', does('move up 0.08')],
  [
    boxes,
    'put the heavy box on the left tray',
    depends([FIRST_HEAVY, ...moved('box 1', 'left tray')], [SECOND_HEAVY, ...moved('box 2', 'left tray')]),
  ],
  [four, 'how heavy is the green cylinder? find out', does('weigh green cylinder')],
  [four, 'transfer the blue brick onto the right-hand tray', does(...moved('blue brick', 'right tray'))],
]);

/** Requests for several things in an order that the words give. */
export const sequenceRequests = requestsOf('sequence', [
  [
    { things: MIXED },
    'sort the boxes, then lift the red cube',
    ...(['left tray', 'right tray'] as const).map((heavy) => {
      const light = heavy === 'left tray' ? 'right tray' : 'left tray';
      const world = (masses: Readonly<Record<string, number>>, one: string, other: string) => ({
        masses,
        phases: [[moved(one, heavy), moved(other, light)], [['take red cube']]],
      });
      return {
        kind: 'steps' as const,
        worlds: [world(FIRST_HEAVY, 'box 1', 'box 2'), world(SECOND_HEAVY, 'box 2', 'box 1')],
      };
    }),
  ],
  [
    four,
    'pick up the red cube and put it on the left tray, then put the yellow cube on the right tray',
    does(...moved('red cube', 'left tray'), ...moved('yellow cube', 'right tray')),
  ],
  [
    four,
    'first the green cylinder on the left tray, after that the blue brick on the right one',
    does(...moved('green cylinder', 'left tray'), ...moved('blue brick', 'right tray')),
  ],
  [four, 'put the red cube on the right tray and then go home', does(...moved('red cube', 'right tray'), 'home')],
  [
    four,
    'take the blue brick, move up ten centimetres, and put it down',
    does('take blue brick', 'move up 0.1', 'put down blue brick'),
  ],
  [four, 'open the gripper, then go down 3 cm, then close it', does('open', 'move down 0.03', 'close')],
  [
    four,
    'Once the yellow cube is on the left tray, do the same with the red cube.',
    does(...moved('yellow cube', 'left tray'), ...moved('red cube', 'left tray')),
  ],
  [
    four,
    'before you lift the red cube, put the yellow cube on the right tray',
    does(...moved('yellow cube', 'right tray'), 'take red cube'),
  ],
  [
    four,
    'grab the green cylinder, wait five seconds and put it on the left tray',
    does('take green cylinder', 'wait 5', 'put green cylinder on left tray'),
  ],
  [
    { things: SIX },
    'put all the cubes on the left tray',
    doesEach(moved('red cube', 'left tray'), moved('blue cube', 'left tray'), moved('green cube', 'left tray')),
  ],
  [
    four,
    'clear the table: everything goes on the right tray',
    doesEach(...FOUR.map(({ name }) => moved(name, 'right tray'))),
  ],
  [
    four,
    'move both cubes to the left tray and the cylinder to the right tray',
    doesEach(moved('red cube', 'left tray'), moved('yellow cube', 'left tray'), moved('green cylinder', 'right tray')),
  ],
  [four, 'go left 5 cm, forward 5 cm and up 2 cm', does('move left 0.05', 'move forward 0.05', 'move up 0.02')],
  [four, 'lift the red cube, then set it down again', does('take red cube', 'put down red cube')],
  [
    four,
    'red cube left tray, yellow cube right tray, then home',
    does(...moved('red cube', 'left tray'), ...moved('yellow cube', 'right tray'), 'home'),
  ],
  [four, 'look again and then pick up the blue brick', does('look', 'take blue brick')],
  [
    { things: TRIO },
    'the cubes go left and the cylinder goes right',
    doesEach(moved('red cube', 'left tray'), moved('blue cube', 'left tray'), moved('green cylinder', 'right tray')),
  ],
  [
    { things: PAIR },
    "start with the blue cube: left tray. Next, the red cube: same place. When you're finished go back home.",
    does(...moved('blue cube', 'left tray'), ...moved('red cube', 'left tray'), 'home'),
  ],
]);
