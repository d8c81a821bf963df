import { EndEffectorState, InputError, type JointState, type SignalSpec } from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import type { DatasetReader, EpisodeRow, FeatureValue } from '@praxis/wire/lerobot';
import { ACTION_PERIOD_S, HORIZON } from '../../demonstrations/record-format.ts';
import { ACTION, STATE } from '../export/frame-layout.ts';
import type { Columns } from '../replay/frame-streams.ts';
import { checkJoints, type JointMap } from './joint-map.ts';
import { betweenFrames, WrenchSeries } from './wrench-series.ts';

/** Feature of a wrist sensor. */
export const WRENCH = 'observation.wrench';
/** Feature of exported recordings alone, whose forces have the tool's weight in them. */
const STAMPS = 'stamps';

/** What the motion of an episode is read with. */
export interface MotionSource {
  readonly dataset: DatasetReader;
  readonly setup: RobotSetup;
  readonly joints: JointMap;
}

/** States and targets of the frames of an episode, in the order and the units of the robot. */
export class EpisodeMotion {
  /** Positions of the stream `joints` in each frame (rad, m). */
  readonly positions: readonly Float64Array[];
  /** Targets of the arm's joints and the width in each frame (rad, m), which the next frame reaches. */
  readonly #targets: readonly Float64Array[];
  readonly #arm: readonly Float64Array[];
  readonly #fps: number;
  readonly #setup: RobotSetup;
  readonly #recorded: boolean;
  readonly #joints: SignalSpec;
  readonly #tool: EndEffectorState;

  constructor({ dataset, setup, joints: map }: MotionSource, episode: EpisodeRow, columns: Columns) {
    const rows = (feature: string): readonly ArrayLike<number>[] =>
      Array.from({ length: episode.length }, (_, frame) =>
        numbersOf(
          columns.get(feature)?.[frame],
          `${dataset.name}: episode ${episode.index} frame ${frame}: ${feature}`,
        ),
      );
    const [states, actions] = [rows(STATE), rows(ACTION)];
    this.#fps = dataset.info.fps;
    this.#setup = setup;
    this.#recorded = STAMPS in dataset.info.features;
    this.#joints = setup.spec.streams.find(({ name }) => name === 'joints')!;
    this.#tool = new EndEffectorState(setup.kinematics, this.#joints, setup.gripper?.streamNames);
    this.positions = states.map((row) => map.state(row));
    this.#arm = states.map((row) => map.arm(row));
    this.#targets = actions.map((row) => map.action(row));
    for (const [frame, arm] of this.#arm.entries())
      checkJoints(`${dataset.name}: episode ${episode.index} frame ${frame}`, setup.kinematics, arm);
  }

  /** `ee_state` at a frame; the width changes as it did since the frame before. */
  toolState(frame: number): Float64Array {
    const [now, before] = [this.positions[frame], this.positions[Math.max(0, frame - 1)]];
    const state: JointState = {
      names: this.#joints.names ?? [],
      position: now,
      velocity: now.map((value, i) => (value - before[i]) * this.#fps),
    };
    return this.#tool.computeSample(state);
  }

  /**
   * The rows of a chunk from a frame on: positions of the arm's joints and the width (rad, m), `ACTION_PERIOD_S` after each other.
   * @param width measured width at the frame (m)
   */
  chunk(frame: number, width: number): readonly Float64Array[] {
    const line = [Float64Array.of(...this.#arm[frame], width), ...this.#targets.slice(frame)];
    return Array.from({ length: HORIZON }, (_, k) => betweenFrames(line, ACTION_PERIOD_S * (k + 1) * this.#fps));
  }

  wrench(columns: Columns): WrenchSeries {
    const wrenches = (columns.get(WRENCH) ?? []) as readonly ArrayLike<number>[];
    const { kinematics, tool } = this.#setup;
    return new WrenchSeries({
      ...{ wrenches, joints: this.#arm, fps: this.#fps, kinematics },
      load: this.#recorded ? tool : undefined,
    });
  }
}

/** @throws {InputError} for a value that is missing or not finite */
function numbersOf(value: FeatureValue, where: string): ArrayLike<number> {
  const row = typeof value === 'object' ? (value as ArrayLike<number>) : [Number(value)];
  if (Array.from(row).every(Number.isFinite)) return row;
  throw new InputError(`${where} is not finite`);
}
