import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Line } from './line.ts';

/** What is kept of what it writes on standard error (characters). */
const KEPT = 2_000;

/**
 * Starts a process, for libraries that end theirs when something is wrong with a file: a thread would take the whole
 * program with it.
 * @param data first argument of the module, as JSON
 */
export function processLine(module: URL, data: unknown): Line {
  const child = fork(fileURLToPath(module), [JSON.stringify(data)], {
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let take = (_: unknown): void => {};
  let written = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    written = (written + text).slice(-KEPT);
  });
  child.on('message', (message) => take(message));
  return {
    send: (message) => {
      if (child.connected) child.send(message as object, () => {});
    },
    listen: (next) => {
      take = next;
    },
    kill: () => void child.kill('SIGKILL'),
    gone: new Promise((resolve) => {
      child.on('error', (error) => resolve(error.message));
      child.on('close', (status, signal) => {
        const said = lastLine(written);
        resolve(`its process ended with ${signal ?? `status ${status}`}${said === '' ? '' : `: ${said}`}`);
      });
    }),
  };
}

/** Without colours and what C++ puts before the message of an exception. */
const lastLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '')
    .replace(/\p{Cc}\[[\d;]*m/gu, '')
    .replace(/^\s*what\(\):\s*/, '')
    .trim();
