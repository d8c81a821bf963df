import { defineFault, type Fault } from './fault.ts';

/** Seconds for which the event loop of the control loop is blocked. */
export const BLOCK_DURATION_S = 0.5;

/** What can happen to the thread of the control loop, to its clock and to what it commands. */
export const LOOP_FAULTS: readonly Fault[] = [
  defineFault(
    'loop_blocked',
    "the control loop's event loop is blocked for 500 ms",
    ({ transport: link }, _, { time }) => {
      link.blockUntil(time + BLOCK_DURATION_S);
    },
  ),
  defineFault('clock_forward', 'the clock jumps 2 s forward', ({ robot }) => robot.jumpClock(2)),
  defineFault('clock_back', 'the clock jumps 1 s back', ({ robot }) => robot.jumpClock(-1)),
  defineFault('nan_commands', 'the controller commands NaN for one joint', ({ transport: link, robot }, random) => {
    const joint = random.integer(robot.spec.commands[0].shape[0] - 1);
    link.commandTransform = (command) => {
      command.position[joint] = Number.NaN;
    };
  }),
  defineFault(
    'out_of_range_commands',
    'the controller commands one joint 3 rad further',
    ({ transport: link, robot }, random) => {
      const joint = random.integer(robot.spec.commands[0].shape[0] - 1);
      const step = random.pick([-3, 3]);
      link.commandTransform = (command) => {
        command.position[joint] += step;
      };
    },
  ),
];
