import { Worker } from 'node:worker_threads';

/** Time between two looks at the parent (ms). */
const PERIOD_MS = 250;

/** The parent of a process whose own has ended is another process. */
const PROGRAM = `
  const parent = require('node:worker_threads').workerData;
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), ${PERIOD_MS});
`;

/**
 * Ends this process within a quarter of a second after its parent, even while its main thread does not return from native code or a
 * loop, when no event reaches it. (On Windows, where a process keeps the id of its parent, only the closed channel ends it.)
 */
export function endWithParent(): void {
  new Worker(PROGRAM, { eval: true, workerData: process.ppid, execArgv: [], env: {} }).unref();
}
