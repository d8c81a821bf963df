import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWritable, maximum, openBridge, quantile, writeAtomically } from '@praxis/evaluation';
import { armUrdf } from '@praxis/sim/node';
import { machineText } from './machine.ts';
import { BridgedLoop } from './recording/bridged-loop.ts';
import { ClientProcess } from './recording/client-process.ts';
import { measureOtherLoad } from './recording/other-load.ts';
import { type LoopFigures, type RecordingFigures, recordingPage } from './recording/page.ts';
import { RecordedLoop } from './recording/recorded-loop.ts';
import { RobotAtRest } from './recording/robot-at-rest.ts';
import { type PeriodTimes, TimedLoop } from './recording/timed-loop.ts';

/** Options of the benchmark of recordings. */
export interface RecordingBenchOptions {
  /** Time of each loop (s). Default: 60. */
  readonly seconds?: number;
  /** Markdown page to write. Default: none. */
  readonly out?: string;
}

const DEFAULT_SECONDS = 60;
/** The loops take turns of this length (s), so that other work on the machine counts for all of them. */
const TURN_S = 5;
const WARM_UP_S = 2;

const quantiles = (times: readonly number[]) => ({
  p50: quantile(times, 0.5)!,
  p99: quantile(times, 0.99)!,
  max: maximum(times)!,
});

const figuresOf = ({ response, period }: PeriodTimes): LoopFigures => ({
  response_ms: quantiles(response),
  period_ms: quantiles(period),
});

/** A loop without anything beside it. */
function loopAlone(urdf: string): TimedLoop {
  const robot = new RobotAtRest();
  const timed = new TimedLoop(robot, robot, urdf);
  timed.loop.start();
  return timed;
}

/**
 * Compares a control loop of 500 Hz, of a robot with two cameras of 640 x 480 at 30 Hz, a wrench of 1 kHz and joints of 500 Hz, with the same loop that
 * is recorded, and with the one that a bridge shows to a client that reads everything and to a slow one. All three take turns.
 * @throws {InputError} when the page cannot be written
 */
export default async function measure({ seconds = DEFAULT_SECONDS, out }: RecordingBenchOptions = {}) {
  if (out !== undefined) checkWritable(out, `--out ${out}`);
  const folder = mkdtempSync(join(tmpdir(), 'praxis-bench-recording-'));
  const urdf = armUrdf();
  const alone = loopAlone(urdf);
  const recorded = new RecordedLoop(join(folder, 'bench.mcap'), urdf);
  const bridge = await openBridge({ address: { port: 0 } });
  const bridged = new BridgedLoop(bridge, urdf);
  let clients: ClientProcess | undefined;
  try {
    await recorded.ready;
    clients = await ClientProcess.start(bridge.url!);
    const turns = [
      (s: number) => alone.run(s, () => {}),
      (s: number) => recorded.run(s),
      (s: number) => bridged.run(s),
    ];
    for (const turn of turns) await turn(WARM_UP_S);
    for (const { times } of [alone, recorded.timed, bridged.timed]) {
      times.response.length = 0;
      times.period.length = 0;
    }
    const clientsBefore = await clients.counts();
    const endLoad = measureOtherLoad();
    for (let left = seconds, round = 0; left > 0; left -= TURN_S, round++) {
      const order = round % 2 === 0 ? turns : turns.toReversed();
      for (const turn of order) await turn(Math.min(TURN_S, left));
    }
    const got = await clients.counts();
    const others = endLoad(got.cpuS - clientsBefore.cpuS);
    const written = await recorded.finish();
    const counted = recorded.counts();
    const result: RecordingFigures = {
      ...{ seconds, machine: machineText(), others },
      without: figuresOf(alone.times),
      recording: figuresOf(recorded.timed.times),
      bridge: figuresOf(bridged.timed.times),
      recorded: counted,
      everything: bridged.counts(got.everything),
      slow: bridged.counts(got.slow),
      messages: written?.messages ?? 0,
      megabytes: (written?.bytes ?? 0) / 1e6,
      largest_backlog_megabytes: recorded.largestBacklogBytes / 1e6,
    };
    const time = seconds === DEFAULT_SECONDS ? '' : ` --seconds ${seconds}`;
    const command = `npx praxis bench recording${time} --out ${out ?? 'FILE'}`;
    if (out !== undefined) writeAtomically(out, recordingPage(result, command));
    const [ours, baseline] = [result.recording.response_ms.p99, result.without.response_ms.p99];
    return {
      unit: 'ms from the due time of a period to the end of the tick, p99',
      ...{ ours, baseline, ratio: ours / baseline, target: 'at most 1.1, and no sample lost' },
      bridge_ratio: result.bridge.response_ms.p99 / baseline,
      samples_lost: counted.reduce((sum, { published, received }) => sum + published - received, 0),
      ...result,
      failures: recorded.failures,
    };
  } finally {
    alone.loop.stop();
    await clients?.close();
    await bridged.close();
    rmSync(folder, { recursive: true });
  }
}
