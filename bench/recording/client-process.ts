import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { execArgvOf } from '@praxis/core';
import type { ClientCounts } from './clients.ts';

const PROGRAM = new URL('./clients.ts', import.meta.url);

/** The process of the bridge's clients. */
export class ClientProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Starts it, and waits until its clients have subscribed. @throws when it ends before */
  static async start(url: string): Promise<ClientProcess> {
    const child = fork(fileURLToPath(PROGRAM), [url], { execArgv: [...execArgvOf(PROGRAM)] });
    const ended = once(child, 'exit').then(([status]) => {
      throw new Error(`the clients of the bridge ended with status ${status}`);
    });
    await Promise.race([once(child, 'message'), ended]);
    ended.catch(() => {});
    return new ClientProcess(child);
  }

  async counts(): Promise<ClientCounts> {
    const answer = once(this.#child, 'message');
    this.#child.send('counts');
    const [counts] = await answer;
    return counts as ClientCounts;
  }

  async close(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.disconnect();
    await exited;
  }
}
