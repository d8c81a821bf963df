import { ExitReport, type Transport } from './transport.ts';

/** An event of a MessagePort or a web worker. */
export interface PortEvent {
  readonly type: string;
  readonly data?: unknown;
  /** Message of an error event. */
  readonly message?: string;
  preventDefault?(): void;
}

/**
 * A MessagePort of a browser or of Node, or the global scope of a web worker.
 *
 * @example
 * const port: PortLike = new MessageChannel().port1;
 */
export interface PortLike {
  postMessage(message: unknown, transfer?: readonly object[]): void;
  addEventListener(type: string, listener: (event: PortEvent) => void): void;
  start?(): void;
  close?(): void;
}

/**
 * A web worker, for the page that started it.
 *
 * @example
 * const worker: WebWorkerLike = new Worker(new URL('./policy.worker.ts', import.meta.url), { type: 'module' });
 */
export interface WebWorkerLike {
  postMessage(message: unknown, transfer?: readonly object[]): void;
  addEventListener(type: string, listener: (event: PortEvent) => void): void;
  terminate(): void;
}

const UNREADABLE = 'a message could not be read';

/**
 * Transport over a MessagePort; in a worker over `parentPort` or `self`. A browser without the `close` event does not
 * report the end of the other side.
 *
 * @example
 * serve<Adder>(portTransport(parentPort), open);
 */
export function portTransport(port: PortLike): Transport {
  const exit = new ExitReport();
  port.addEventListener('close', () => exit.report({}));
  port.addEventListener('messageerror', () => exit.report({ error: new Error(UNREADABLE) }));
  return {
    send(message, transfer = []) {
      if (!exit.reported) port.postMessage(message, transfer);
    },
    onMessage(listener) {
      port.addEventListener('message', ({ data }) => listener(data));
      port.start?.();
    },
    onExit: (listener) => exit.listen(listener),
    close() {
      port.close?.();
      exit.report({});
    },
  };
}

/**
 * Transport to a web worker, for the page. An uncaught error in the worker and a script that does not load end it.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(webWorkerTransport(new Worker(url, { type: 'module' })));
 */
export function webWorkerTransport(worker: WebWorkerLike): Transport {
  const exit = new ExitReport();
  const fail = (message: string): void => {
    worker.terminate();
    exit.report({ error: new Error(message) });
  };
  worker.addEventListener('error', (event) => {
    event.preventDefault?.();
    fail(event.message || 'its script did not load');
  });
  worker.addEventListener('messageerror', () => fail(UNREADABLE));
  return {
    send(message, transfer = []) {
      if (!exit.reported) worker.postMessage(message, transfer);
    },
    onMessage: (listener) => worker.addEventListener('message', ({ data }) => listener(data)),
    onExit: (listener) => exit.listen(listener),
    close() {
      worker.terminate();
      exit.report({});
    },
  };
}
