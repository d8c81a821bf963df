import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

interface DriveMessage {
  readonly time: number;
  readonly line?: string;
  readonly effect?: { readonly kind: string; readonly text?: string };
  readonly result?: { readonly outcome: string };
  readonly supervisor?: { readonly to: string; readonly cause: string };
  readonly end?: { readonly state: string; readonly limit_violations: number };
  readonly tool?: { readonly pose: readonly number[]; readonly gripper_width: number };
}

/** Runs `praxis drive` and passes each line that it prints to `react`. */
function runDrive(
  args: readonly string[],
  react: (message: DriveMessage, child: ReturnType<typeof spawn>) => void = () => {},
) {
  const child = spawn(
    process.execPath,
    [join(root, 'packages/cli/bin/praxis.mjs'), 'drive', '--policy', 'expert', '--json', ...args],
    { cwd: root, stdio: ['pipe', 'pipe', 'ignore'] },
  );
  const all: DriveMessage[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = JSON.parse(line) as DriveMessage;
    all.push(message);
    react(message, child);
  });
  const done = new Promise<{ status: number | null; all: readonly DriveMessage[] }>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, all }));
  });
  return { child, done };
}

describe('praxis drive', () => {
  it('executes one line after another, reports the result of each, and ends in a controlled stop', async () => {
    const { child, done } = runDrive(['--turns']);
    child.stdin.end('left 5 cm\nclose\nstop\nup 2 cm\n/reset\n\nup 2 cm\n');
    const { status, all } = await done;
    expect(status).toBe(0);
    expect(all.flatMap(({ result }) => result?.outcome ?? [])).toEqual(['done', 'done', 'done']);
    expect(all.flatMap(({ supervisor: each }) => each?.cause ?? [])).toEqual(
      expect.arrayContaining(['start', 'protective_stop_request', 'reset', 'hold_request']),
    );
    const first = all.find(({ line }) => line === 'left 5 cm')!.tool!;
    const last = all.at(-1)!;
    expect(last.end).toEqual({ state: 'hold', limit_violations: 0 });
    const moved = last.tool!.pose.map((value, i) => value - first.pose[i]);
    expect(moved[0]).toBeCloseTo(0, 2);
    expect(moved[1]).toBeCloseTo(0.05, 2);
    expect(moved[2]).toBeCloseTo(0.02, 2);
    expect(last.tool!.gripper_width).toBeLessThan(0.005);
    for (let i = 1; i < all.length; i++) expect(all[i].time).toBeGreaterThanOrEqual(all[i - 1].time);
  });

  it('holds the arm in the middle of a motion at Ctrl-C', async () => {
    const { done } = runDrive([], ({ supervisor, effect }, child) => {
      if (supervisor?.to === 'running') child.stdin!.write('keep going left\n');
      if (effect?.kind === 'goal') child.kill('SIGINT');
    });
    const { status, all } = await done;
    expect(status).toBe(130);
    expect(all.map(({ result }) => result?.outcome).filter(Boolean)).toEqual(['stopped']);
    expect(all.at(-1)!.end).toEqual({ state: 'hold', limit_violations: 0 });
  });
});
