import { SimulatedClock } from '@praxis/core';
import {
  crowd,
  type Done,
  DrivenArm,
  drawingTrials,
  LOUDNESS,
  latencyPage,
  latencyRows,
  latencyTable,
  mustRun,
  openDriver,
  policyIdentity,
  Results,
  SimulatedMicrophone,
  speakersOrHeldOut,
  stopTrial,
  writeBeside,
} from '@praxis/evaluation';
import { armUrdf } from '@praxis/sim/node';
import { REPORT_SEEDS } from '@praxis/sim/seeds';
import { openListener } from '@praxis/speech/node';
import { Language } from '@praxis/teleop';
import { commandGrammar } from '@praxis/teleop/node';
import type { VoiceStopLatencyOptions } from '../commands/voice-stop-latency.ts';
import { commandLine } from '../options/command-line.ts';
import { wholeNumber } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { extensionFor } from '../options/vocabulary.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, print, printJson } from '../terminal/output.ts';
import { progress } from '../terminal/progress.ts';

const MOST_TRIALS = 10_000;
const MOST_SEEDS = 1_000_000;

/**
 * @returns exit status
 * @throws {InputError} on wrong options, or without a recogniser; {PolicyError} on a policy that does not load.
 */
export async function run(options: VoiceStopLatencyOptions): Promise<number> {
  const trials = wholeNumber('--trials', options.trials, 1, MOST_TRIALS);
  const seed = wholeNumber('--seed', options.seed, 0, MOST_SEEDS);
  const { model } = options;
  const policy = policyDirectory(options.policy);
  const speakers = await speakersOrHeldOut(options.voices);
  const voices = speakers.map(({ name }) => name);
  const done = new Results<Done>(options.resume, JSON.stringify({ seed, ...policyIdentity(policy), model, voices }));
  const extension = extensionFor(options.policy);
  const language = new Language(extension);
  const driver = await openDriver(policy, []);
  const clock = new SimulatedClock();
  const listener = await openListener(clock, commandGrammar(extension), { model });

  const cells = Array.from({ length: trials }, (_, i) => LOUDNESS.map((loudness) => ({ i, loudness }))).flat();
  const nameOf = ({ i, loudness }: (typeof cells)[number]): string => `${i} ${loudness}`;
  const missing = cells.filter((cell) => !done.get(nameOf(cell)));
  const interrupted = interruption(
    options.resume === undefined ? 'nothing is kept without --resume' : 'with the same --resume it goes on',
  );
  const bar = progress('stop trials', cells.length, cells.length - missing.length);
  try {
    const draw = drawingTrials(speakers, seed, await crowd());
    const scene = { task: 'pick', urdf: armUrdf() };
    for (const cell of missing) {
      await mustRun(listener);
      if (interrupted.signal.aborted) return EXIT.interrupted;
      const { sound, ...trial } = draw(cell.i, cell.loudness);
      const microphone = new SimulatedMicrophone(listener, clock, sound);
      const arm = await DrivenArm.create({ ...driver, ...scene, seed: REPORT_SEEDS + cell.i, language });
      const result = await stopTrial(arm, trial, microphone).finally(() => arm.close());
      done.set(nameOf(cell), { ...trial, loudness: cell.loudness, result });
      bar.step(result.kind);
    }
  } finally {
    bar.stop();
    interrupted.release();
    await listener.close();
  }
  const rows = latencyRows(cells.map((cell) => done.get(nameOf(cell))!));
  const { resume: _, json: __, ...given } = options;
  const command = commandLine('voice stop-latency', given);
  if (options.out !== undefined) writeBeside(options.out, latencyPage(rows, command, voices));
  if (options.json) printJson({ seed, voices, command, rows });
  else print(latencyTable(rows));
  return EXIT.ok;
}
