import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { errorMessage, InputError } from '@praxis/core';
import { projectPoint } from '@praxis/planner';
import { type RobotChoice, setupOf, type Task } from '@praxis/sim';
import { createFolder, writeJsonAtomically } from '../../files/write.ts';
import { cameraViews } from './camera-views.ts';
import { drawView } from './draw-view.ts';

/** Options of {@link recordViews}. */
export interface RecordViewsOptions {
  /** Tasks whose scenes are drawn in turn. */
  readonly tasks: readonly Task[];
  /** One seed for each view. */
  readonly seeds: readonly number[];
  readonly robot: RobotChoice;
  /** Folder for `views.json` and `pictures.u8`. */
  readonly out: string;
  readonly signal?: AbortSignal;
  readonly onView?: () => void;
}

/**
 * Records pictures of drawn scenes with the truth, for the training of a detection: `pictures.u8` has the pictures of all cameras of a
 * view one after another (8-bit RGB, row-major), and `views.json` for each view the things with their words, positions (m) and pixels
 * (fractions): as the camera sees them, and `nominal` as a camera without mounting errors would.
 * @returns the number of views; fewer than seeds when the signal ended it
 * @throws {InputError} when the files cannot be written
 */
export async function recordViews({ tasks, seeds, robot, out, signal, onView }: RecordViewsOptions): Promise<number> {
  createFolder(out);
  const setup = setupOf(robot);
  const views: unknown[] = [];
  const pixels = join(out, 'pictures.u8');
  const file = openForWriting(`${pixels}.part`);
  try {
    for (const [i, seed] of seeds.entries()) {
      if (signal?.aborted) break;
      const { pictures, joints, things, ...view } = await drawView(tasks[i % tasks.length], seed, robot);
      const cameras = cameraViews(setup, joints);
      for (const { name } of cameras) writeSync(file, pictures[name].data as Uint8Array);
      const labelled = things.map((thing) => ({
        ...thing,
        nominal: Object.fromEntries(
          cameras.map((camera) => [camera.name, projectPoint(camera, thing.position) ?? null]),
        ),
      }));
      views.push({ ...view, things: labelled });
      onView?.();
    }
  } catch (error) {
    rmSync(`${pixels}.part`, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  renameSync(`${pixels}.part`, pixels);
  const cameras = setup.cameras.map(({ name, size: [width, height] }) => ({ name, width, height }));
  writeJsonAtomically(join(out, 'views.json'), { format: 'praxis-views/1', cameras, views });
  return views.length;
}

function openForWriting(path: string): number {
  try {
    return openSync(path, 'w');
  } catch (cause) {
    throw new InputError(`${path}: cannot be written: ${errorMessage(cause)}`, { cause });
  }
}
