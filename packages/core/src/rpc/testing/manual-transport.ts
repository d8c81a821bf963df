import { type ExitReason, ExitReport, type Timers, type Transport } from '../index.ts';

/** Marks the end of a service's messages. */
const END = { kind: 'end of transport' };

/** Two connected transports in one thread. The test decides when messages arrive and when the connection ends. */
export function manualTransports() {
  const inboxes: unknown[][] = [[], []];
  const listeners: ((message: unknown) => void)[] = [];
  const exits = [new ExitReport(), new ExitReport()];
  const exit = (reason: ExitReason): void => {
    for (const each of exits) each.report(reason);
  };
  const end = (side: number): Transport => ({
    send: (message) => void inboxes[1 - side].push(structuredClone(message)),
    onMessage(listener) {
      listeners[side] = listener;
    },
    onExit: (listener) => exits[side].listen(listener),
    // Earlier messages of the service still arrive; a client ends at once.
    close: () => (side === 1 ? void inboxes[0].push(END) : exit({})),
  });
  /** Delivers the messages to one end in the order that `pick` selects, until there are none. */
  const deliver = (side: number, pick: (inbox: unknown[]) => unknown = (inbox) => inbox.shift()): void => {
    while (inboxes[side].length > 0) {
      const message = pick(inboxes[side]);
      if (message === END) exit({});
      else listeners[side](message);
    }
  };
  return { client: end(0), service: end(1), toClient: inboxes[0], toService: inboxes[1], deliver, exit };
}

/** Timers whose time the test advances. */
export class FakeTimers implements Timers {
  readonly #due = new Map<symbol, { at: number; readonly act: () => void; readonly period?: number }>();
  now = 0;

  after(milliseconds: number, act: () => void): () => void {
    return this.#add({ at: this.now + milliseconds, act });
  }

  every(milliseconds: number, act: () => void): () => void {
    return this.#add({ at: this.now + milliseconds, act, period: milliseconds });
  }

  get waiting(): number {
    return this.#due.size;
  }

  advance(milliseconds: number): void {
    const end = this.now + milliseconds;
    for (;;) {
      const [key, next] = [...this.#due].sort(([, a], [, b]) => a.at - b.at)[0] ?? [];
      if (!key || !next || next.at > end) break;
      this.now = next.at;
      if (next.period === undefined) this.#due.delete(key);
      else next.at += next.period;
      next.act();
    }
    this.now = end;
  }

  #add(timer: { at: number; readonly act: () => void; readonly period?: number }): () => void {
    const key = Symbol();
    this.#due.set(key, timer);
    return () => void this.#due.delete(key);
  }
}
