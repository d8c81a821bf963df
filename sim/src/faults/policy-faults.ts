import { type ActionBlock, type ActionChunk, actionSize, actionsOf, POSE_SIZE, PolicyError } from '@praxis/core';
import { defineFault, direction, type Fault } from './fault.ts';

/** A copy of a chunk whose blocks `change` may write to. */
const corrupted = (chunk: ActionChunk, change: (blocks: readonly ActionBlock[]) => void): ActionChunk => {
  const copies = Object.entries(chunk.blocks).map(([name, block]) => {
    return [name, { ...block, data: block.data.slice() }] as const;
  });
  change(copies.map(([, block]) => block));
  return { ...chunk, blocks: Object.fromEntries(copies) };
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
    const { horizon } = policy.spec;
    const size = actionsOf(policy.spec).reduce((sum, action) => sum + actionSize(action), 0);
    const at = random.integer(horizon * size);
    const [row, element] = [Math.floor(at / size), at % size];
    const change = (blocks: readonly ActionBlock[]) => {
      let first = 0;
      for (const { data } of blocks) {
        const width = data.length / horizon;
        if (element >= first && element < first + width) data[row * width + element - first] = Number.NaN;
        first += width;
      }
    };
    policy.mode = { kind: 'corrupted', change: (chunk) => corrupted(chunk, change) };
  }),
  defineFault(
    'out_of_range_actions',
    'the policy commands a tool position that is off by 2 m in a random direction',
    ({ policy }, random) => {
      const away = direction(random);
      const change = (blocks: readonly ActionBlock[]) => {
        for (const { space, data } of blocks) {
          if (space !== 'ee_pose') continue;
          for (let k = 0; k < data.length; k += POSE_SIZE) {
            for (let i = 0; i < 3; i++) data[k + i] += 2 * away[i];
          }
        }
      };
      policy.mode = { kind: 'corrupted', change: (chunk) => corrupted(chunk, change) };
    },
  ),
];
