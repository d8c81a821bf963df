import type { ActionBlock, ActionChunk, ActionSpec, Observation, Policy, PolicySpec } from '@praxis/core';
import type { RobotSetup } from '../robot/setup.ts';
import { ACTION_PERIOD_S, HORIZON, INFERENCE_PERIOD_S } from './expert-policy.ts';

/** One action that keeps a command group where it starts, and its row. */
type Standing = readonly [spec: ActionSpec, row: readonly number[]];

/**
 * The expert of the scene without a task, for robots with several arms or a driven base: arms stay at home with open grippers, and bases
 * stand.
 */
export class StandStillPolicy implements Policy {
  readonly spec: PolicySpec;
  readonly #blocks: Readonly<Record<string, ActionBlock>>;

  constructor({ arms, bases, spec }: Pick<RobotSetup, 'arms' | 'bases' | 'spec'>) {
    const unitsOf = (command: string) => spec.commands.find(({ name }) => name === command)?.unit ?? 'rad';
    const actions: Standing[] = [
      ...arms.flatMap(({ name: group, joints, home, gripper }): Standing[] => {
        const unit = unitsOf(group).slice(0, joints.length);
        const arm = { name: `${group}.arm`, space: 'joint_position', names: joints, unit, frame: '', group } as const;
        if (!gripper) return [[arm, home]];
        const width = { space: 'gripper', names: ['width'], unit: 'm', frame: '', group } as const;
        return [
          [arm, home],
          [{ name: `${group}.gripper`, ...width }, [gripper.range[1]]],
        ];
      }),
      ...bases.map(({ name }): Standing => {
        const twist = { space: 'base_twist', names: ['vx', 'wz'], unit: ['m/s', 'rad/s'], frame: '' } as const;
        return [{ name, ...twist, group: name }, [0, 0]];
      }),
    ];
    this.spec = {
      name: 'expert',
      inputs: [],
      actions: actions.map(([action]) => action),
      horizon: HORIZON,
      actionPeriod: ACTION_PERIOD_S,
      inferencePeriod: INFERENCE_PERIOD_S,
    };
    this.#blocks = Object.fromEntries(
      actions.map(([{ name, space }, row]) => {
        const rows = Array.from({ length: HORIZON }, () => row).flat();
        return [name, { space, data: Float64Array.from(rows) }];
      }),
    );
  }

  async infer({ stamp }: Observation): Promise<ActionChunk> {
    return { stamp, period: ACTION_PERIOD_S, horizon: HORIZON, blocks: this.#blocks, gates: {} };
  }

  reset(): void {}
  async close(): Promise<void> {}
}
