import { ACTION_SIZE, type ActionChunk, PolicyError } from '@praxis/core';
import { defineFault, direction, type Fault } from './fault.ts';

const corrupted = (chunk: ActionChunk, change: (actions: Float64Array) => void): ActionChunk => {
  const actions = chunk.actions.slice();
  change(actions);
  return { ...chunk, actions };
};

const late = (milliseconds: number): Fault =>
  defineFault(`chunk_late_${milliseconds}`, `every action chunk arrives ${milliseconds} ms late`, ({ policy }) => {
    policy.mode = { kind: 'late', by: milliseconds / 1000 };
  });

/** Faults of the policy's process and of its chunks. */
export const POLICY_FAULTS: readonly Fault[] = [
  defineFault('policy_killed', "the policy's process is killed", ({ policy, heartbeat }) => {
    heartbeat.stop();
    const error = new PolicyError(`policy ${policy.spec.name}: its process was ended by SIGKILL`);
    policy.mode = { kind: 'terminated', error };
  }),
  defineFault('policy_hangs', "an inference never ends, while the policy's process is alive", ({ policy }) => {
    policy.mode = { kind: 'unresponsive' };
  }),
  defineFault('process_stopped', "the policy's process is stopped (SIGSTOP)", ({ policy, heartbeat }) => {
    heartbeat.stop();
    policy.mode = { kind: 'unresponsive' };
  }),
  late(100),
  late(300),
  late(500),
  defineFault('nan_actions', 'one action of every chunk is NaN', ({ policy }, random) => {
    const at = random.integer(policy.spec.horizon * ACTION_SIZE);
    const change = (actions: Float64Array) => {
      actions[at] = Number.NaN;
    };
    policy.mode = { kind: 'corrupted', change: (chunk) => corrupted(chunk, change) };
  }),
  defineFault(
    'out_of_range_actions',
    'the policy commands a tool position that is off by 2 m in a random direction',
    ({ policy }, random) => {
      const away = direction(random);
      const change = (actions: Float64Array) => {
        for (let k = 0; k < actions.length; k += ACTION_SIZE) {
          for (let i = 0; i < 3; i++) actions[k + i] += 2 * away[i];
        }
      };
      policy.mode = { kind: 'corrupted', change: (chunk) => corrupted(chunk, change) };
    },
  ),
];
