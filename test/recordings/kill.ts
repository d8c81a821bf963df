import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execArgvOf, moduleBeside } from '@praxis/core';
import { messageCodec } from '@praxis/wire';
import type { FileCut } from '@praxis/wire/mcap';
import fc from 'fast-check';
import { withMcapFile } from '../../packages/evaluation/src/recording/file-source.ts';

const PROGRAM = moduleBeside('./record-child', import.meta.url);

/** Starts the program that records to a file for some seconds. @param limit prefix of a shell command, such as `ulimit -f 600;` */
export function startRecording(path: string, seconds: number, limit = '') {
  rmSync(path, { force: true });
  const command = [process.execPath, ...execArgvOf(PROGRAM), fileURLToPath(PROGRAM), path, String(seconds)];
  const child = spawn('bash', ['-c', `${limit} exec "$@"`, 'bash', ...command], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (data) => {
    output += data;
  });
  return { child, lines: () => output.trim().split('\n') };
}

/** What is left of a recording whose process was killed. */
export interface KilledRecording {
  /** Time that the process had reported last (s). */
  readonly reported: number;
  /** Times of the periods in the file (s). */
  readonly periods: readonly number[];
  readonly cut: FileCut | undefined;
}

/** Time in which kills fall, after the first report of the process (ms): before the first chunk is written, and after several. */
const KILL_MS = { min: 0, max: 4000 };

/** Random moments of so many kills (ms), the same every time unless FAST_CHECK_SEED says otherwise. */
export const killMoments = (count: number): readonly number[] => fc.sample(fc.integer(KILL_MS), count);

/** Records, kills the process with SIGKILL so long after its first report (ms), and reads the file. */
export async function recordAndKill(path: string, afterMs: number): Promise<KilledRecording> {
  const { child, lines } = startRecording(path, 600);
  const exited = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve) => child.stdout.once('data', resolve));
  await sleep(afterMs);
  child.kill('SIGKILL');
  await exited;
  const times = lines().map(Number).filter(Number.isFinite);
  return { reported: times.at(-1) ?? 0, ...(await recordedPeriodsOf(path)) };
}

/** Reads the times of the periods in a file (s), and where it was cut off. */
export function recordedPeriodsOf(path: string): Promise<Omit<KilledRecording, 'reported'>> {
  const codec = messageCodec('praxis_msgs/msg/Period');
  return withMcapFile(path, async (file) => {
    const periods: number[] = [];
    for await (const { channelId, data } of file.messages()) {
      if (file.channels.get(channelId)?.topic === '/praxis/period') periods.push(codec.read(data).time);
    }
    return { periods, cut: file.cut };
  });
}
