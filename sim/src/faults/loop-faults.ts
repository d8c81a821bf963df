import { type Fault, fault } from './fault.ts';

/** Seconds for which the event loop of the control loop is blocked. */
export const BLOCKED = 0.5;

/** What can happen to the thread of the control loop, to its clock and to what it commands. */
export const LOOP_FAULTS: readonly Fault[] = [
  fault('loop_blocked', "the control loop's event loop is blocked for 500 ms", ({ link }, _, { time }) => {
    link.block(time + BLOCKED);
  }),
  fault('clock_forward', 'the clock jumps 2 s forward', ({ robot }) => robot.jump(2)),
  fault('clock_back', 'the clock jumps 1 s back', ({ robot }) => robot.jump(-1)),
  fault('nan_commands', 'the controller commands NaN for one joint', ({ link, robot }, random) => {
    const joint = random.integer(robot.spec.commands[0].shape[0] - 1);
    link.change = (command) => {
      command.position[joint] = Number.NaN;
    };
  }),
  fault('out_of_range_commands', 'the controller commands one joint 3 rad further', ({ link, robot }, random) => {
    const joint = random.integer(robot.spec.commands[0].shape[0] - 1);
    const step = random.pick([-3, 3]);
    link.change = (command) => {
      command.position[joint] += step;
    };
  }),
];
