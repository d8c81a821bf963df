import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { execArgvOf } from '@praxis/core';

function start(file: string, args: readonly string[]): ChildProcess {
  const program = new URL(file, import.meta.url);
  return spawn(process.execPath, [...execArgvOf(program), fileURLToPath(program), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Starts a program in the background. @returns a function that kills it and waits for its exit */
export function startBackground(file: string, args: readonly string[] = []): () => Promise<void> {
  const child = start(file, args);
  child.stdout?.resume();
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return () => {
    child.kill('SIGKILL');
    return exited;
  };
}

/** Runs a program to its end. @returns the last line of its output, parsed as JSON @throws when the program fails */
export async function runToEnd<T>(file: string, args: readonly string[] = []): Promise<T> {
  const child = start(file, args);
  let out = '';
  child.stdout?.on('data', (data: Buffer) => {
    out += data.toString();
  });
  const status = await new Promise<number | null>((resolve) => child.once('exit', resolve));
  const line = out.trim().split('\n').at(-1) ?? '';
  if (status !== 0 || !line.startsWith('{')) throw new Error(`${file} ended with status ${status}: ${line}`);
  return JSON.parse(line) as T;
}

/** Load of the receivers of `bench ros`: two cameras and a fast force/torque sensor. */
export const IMAGE = { width: 1280, height: 720, rateHz: 30 } as const;
export const WRENCH_HZ = 1000;
export const CAMERAS = ['bench/camera_left/image_raw', 'bench/camera_right/image_raw'] as const;
export const WRENCH = 'bench/wrench';
/** Time before a measurement, for discovery and compilation (s). */
export const WARM_UP_S = 3;
