import { defineFault, type Fault } from './fault.ts';

/** Time for which the event loop of the control loop is blocked (s). */
export const BLOCK_DURATION_S = 0.5;

/** Faults of the control loop's thread, clock and commands. */
export const LOOP_FAULTS: readonly Fault[] = [
  defineFault('loop_blocked', "the control loop's event loop is blocked for 500 ms", ({ transport }, _, { time }) => {
    transport.blockUntil(time + BLOCK_DURATION_S);
  }),
  defineFault('clock_forward', 'the clock jumps 2 s forward', ({ robot }) => robot.jumpClock(2)),
  defineFault('clock_back', 'the clock jumps 1 s back', ({ robot }) => robot.jumpClock(-1)),
  defineFault('nan_commands', 'the controller commands NaN for one joint', ({ transport, robot }, random) => {
    const joint = random.integer(robot.spec.commands[0].shape[0] - 1);
    transport.commandTransform = (command) => {
      command.position[joint] = Number.NaN;
    };
  }),
  defineFault(
    'out_of_range_commands',
    'the controller commands one joint 3 rad further',
    ({ transport, robot }, random) => {
      const joint = random.integer(robot.spec.commands[0].shape[0] - 1);
      const step = random.pick([-3, 3]);
      transport.commandTransform = (command) => {
        command.position[joint] += step;
      };
    },
  ),
];
