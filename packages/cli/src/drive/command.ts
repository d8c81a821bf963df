import { setTimeout as sleep } from 'node:timers/promises';
import { InputError } from '@praxis/core';
import { DrivenArm, openDriver } from '@praxis/evaluation';
import { TASK_NAMES } from '@praxis/sim';
import { armUrdf } from '@praxis/sim/node';
import { MAX_SEED } from '@praxis/sim/seeds';
import type { DriveOptions } from '../commands/drive.ts';
import { wholeNumber } from '../options/options.ts';
import { policyDirectory } from '../options/paths.ts';
import { extensionFor, languageOf } from '../options/vocabulary.ts';
import { interruption } from '../terminal/interrupt.ts';
import { EXIT, note } from '../terminal/output.ts';
import { Ears } from './ears.ts';
import { Lines, type Words } from './lines.ts';
import { reporter } from './report.ts';
import { Turn } from './turn.ts';

/** Falling behind the wall clock by less than this (s) is made up for by sleeping later. */
const SLACK = 0.02;
/** Asked to hold, the arm stands after this long (s). */
const HOLDING = 1;

/** @returns exit status. @throws {InputError} on wrong options, {PolicyError} on a policy that does not load. */
export async function run(options: DriveOptions): Promise<number> {
  const { task } = options;
  if (!TASK_NAMES.includes(task)) throw new InputError(`--task ${task}: expected one of ${TASK_NAMES.join(', ')}`);
  const seed = wholeNumber('--seed', options.seed, 0, MAX_SEED);
  if (options.turns && options.microphone) throw new InputError('--turns: whoever speaks does not wait for turns');
  const named = options.policy === 'expert' ? undefined : options.policy;
  const driver = await openDriver(options.policy === 'expert' ? 'expert' : policyDirectory(named), []);
  const arm = await DrivenArm.create({
    ...driver,
    task,
    seed,
    urdf: armUrdf(),
    language: languageOf(named, options.wakeWord),
  });
  const interrupted = interruption('the arm is told to hold');
  const lines = new Lines(process.stdin);
  let ears: Ears | undefined;
  const report = reporter(arm, options.json ? 'json' : 'words');
  if (process.stdin.isTTY) note('a command a line, such as "left 5 cm"; /reset after a stop; Ctrl-D ends');
  try {
    if (options.microphone) {
      ears = await Ears.open(extensionFor(named, options.wakeWord), options.model, ({ word }) =>
        arm.pilot.take({ kind: 'stop', word }, arm.time),
      );
      note('listening; Ctrl-C ends');
    }
    const words = ears ? both(lines, ears) : lines;
    await drive(arm, words, options.turns ? 'turns' : 'realtime', interrupted.signal, (line) => {
      report.line(line);
      if (line === '/reset') arm.resume();
      else arm.hear(line);
    });
    arm.episode.request('hold');
    for (const end = arm.time + HOLDING; arm.time < end; ) await arm.step();
    report.end();
    // Ctrl-C ends the recorder as well.
    if (!interrupted.signal.aborted) ears?.check();
  } finally {
    interrupted.release();
    lines.close();
    await ears?.close();
    await arm.close();
  }
  return interrupted.signal.aborted ? EXIT.interrupted : EXIT.ok;
}

/** Typed and spoken; it ends with the microphone, or when whoever types says so. */
const both = (typed: Lines, spoken: Ears): Words => ({
  next: () => typed.next() ?? spoken.next(),
  get ended() {
    return spoken.ended || (process.stdin.isTTY && typed.ended);
  },
});

async function drive(
  arm: DrivenArm,
  lines: Words,
  pace: 'turns' | 'realtime',
  signal: AbortSignal,
  take: (line: string) => void,
): Promise<void> {
  const start = performance.now() / 1000;
  const turn = new Turn(arm);
  while (!signal.aborted) {
    if (pace === 'realtime' || turn.over) {
      const line = lines.next();
      if (line !== undefined) {
        take(line);
        turn.begin();
      } else if (lines.ended && turn.over) return;
      // Simulated time does not run on while nobody types.
      else if (pace === 'turns') {
        await sleep(5);
        continue;
      }
    }
    await arm.step();
    const ahead = arm.time - (performance.now() / 1000 - start);
    if (pace === 'realtime' && ahead > SLACK) await sleep(1000 * ahead);
  }
}
