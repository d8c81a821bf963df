import { type ActionChunk, POSE_SIZE } from '@praxis/core';
import type { RobotSetup } from '@praxis/sim';
import type { DatasetReader, EpisodeRow } from '@praxis/wire/lerobot';
import { relativeActions } from '../../demonstrations/pack-record.ts';
import {
  INTERVENTION_FIELD,
  JOINT_ACTIONS,
  type RecordFormat,
  TOOL_ACTIONS,
} from '../../demonstrations/record-format.ts';
import { RecordWriter } from '../../demonstrations/record-writer.ts';
import { INTERVENTION } from '../export/frame-layout.ts';
import { EpisodeMotion, WRENCH } from './episode-motion.ts';
import type { JointMap } from './joint-map.ts';
import type { PictureReader } from './picture-reader.ts';

/** Place of the gripper's width in the state of the tool. */
const WIDTH = 6;

/** How the episodes of a dataset become records. */
export interface EpisodeConversion {
  readonly dataset: DatasetReader;
  readonly setup: RobotSetup;
  readonly format: RecordFormat;
  readonly joints: JointMap;
  /** Readers by the name of the picture's field. */
  readonly cameras: ReadonlyMap<string, PictureReader>;
  /** Features that are read of the tables. */
  readonly features: readonly string[];
  /** Records per second of an episode, at most. */
  readonly rateHz: number;
}

/** Numbers of a record that an episode's frames do not say. */
export interface EpisodeNumbers {
  readonly task: number;
  /** Goal of a frame. @param text its instruction */
  readonly goal: (text: string) => number;
  readonly seed: number;
}

/** Frames of records: all, or those nearest to the times of a lower rate. */
export function recordFrames(length: number, fps: number, rateHz: number): readonly number[] {
  const step = Math.max(1, fps / rateHz);
  const frames = Array.from({ length: Math.ceil(length / step) }, (_, k) => Math.round(k * step));
  return frames.filter((frame) => frame < length);
}

/**
 * Makes the records of an episode one by one. The action of a frame is the target of the next one. A chunk follows the line from where the arm is
 * through the targets of this frame and of those after it; after the last one it stays.
 * @throws {InputError} in one line for a value that is missing, not finite, or not of the robot
 */
export async function* episodeRecords(
  conversion: EpisodeConversion,
  episode: EpisodeRow,
  numbers: EpisodeNumbers,
): AsyncGenerator<{ readonly bytes: Uint8Array; readonly intervention: boolean }> {
  const { dataset, setup, format, cameras, rateHz } = conversion;
  const { fps } = dataset.info;
  const columns = await dataset.read(episode, conversion.features);
  const texts = dataset.tasksOf(columns.get('task_index') ?? []);
  const motion = new EpisodeMotion(conversion, episode, columns);
  const wrench = columns.has(WRENCH) ? motion.wrench(columns) : undefined;
  const has = (field: string): boolean => format.offsets.has(field);
  let step = 0;
  for (const frame of recordFrames(episode.length, fps, rateHz)) {
    if (wrench && frame < wrench.firstFrame) continue;
    const record = new RecordWriter(format);
    for (const [field, reader] of cameras) record.write(field, await reader.read(episode, columns, frame));
    if (wrench) record.write('wrench', wrench.window(frame));
    const state = motion.toolState(frame);
    record.write('state', state);
    record.write('joints', motion.positions[frame]);
    const rows = motion.chunk(frame, state[WIDTH]);
    record.write(
      JOINT_ACTIONS,
      rows.flatMap((row) => [...row]),
    );
    record.write(TOOL_ACTIONS, relativeActions(poseChunk(rows, setup), state));
    const intervention = has(INTERVENTION_FIELD.name) && columns.get(INTERVENTION)?.[frame] === true;
    if (has(INTERVENTION_FIELD.name)) record.write(INTERVENTION_FIELD.name, [Number(intervention)]);
    record.write('task', [numbers.task]);
    record.write('goal', [numbers.goal(texts[frame])]);
    record.write('seed', [numbers.seed]);
    record.write('step', [step++]);
    yield { bytes: record.bytes, intervention };
  }
}

/** The poses that targets of the joints reach, and the widths. */
function poseChunk(rows: readonly Float64Array[], { kinematics }: RobotSetup): Pick<ActionChunk, 'blocks' | 'horizon'> {
  const count = kinematics.jointNames.length;
  const [poses, widths] = [new Float64Array(rows.length * POSE_SIZE), new Float64Array(rows.length)];
  const pose = new Float64Array(POSE_SIZE);
  for (const [k, row] of rows.entries()) {
    kinematics.forward(row.subarray(0, count), pose);
    poses.set(pose, k * POSE_SIZE);
    widths[k] = row[count];
  }
  return {
    horizon: rows.length,
    blocks: { arm: { space: 'ee_pose', data: poses }, gripper: { space: 'gripper', data: widths } },
  };
}
