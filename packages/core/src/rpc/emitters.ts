import { systemTimers } from './timers.ts';
import { type ExitReason, ExitReport, type Transport } from './transport.ts';

interface Emitter {
  on(event: string, listener: (...values: never[]) => void): unknown;
}

/**
 * A Worker of `node:worker_threads`, from the thread that started it.
 *
 * @example
 * const worker: ThreadLike = new Worker(new URL('./thread.mjs', import.meta.url));
 */
export interface ThreadLike extends Emitter {
  postMessage(message: unknown, transfer?: readonly object[]): void;
  terminate(): unknown;
}

/**
 * A ChildProcess of `node:child_process` with an IPC channel, from the process that forked it.
 *
 * @example
 * const child: ProcessLike = fork(path, [], { serialization: 'advanced' });
 */
export interface ProcessLike extends Emitter {
  readonly connected: boolean;
  send(message: unknown, callback: (error: Error | null) => void): boolean;
  kill(signal: 'SIGKILL' | 'SIGTERM'): boolean;
  ref(): void;
  unref(): void;
  readonly channel?: { ref(): void; unref(): void } | null;
  readonly stderr?: TextOutput | null;
}

interface TextOutput extends Emitter {
  setEncoding(encoding: string): unknown;
}

/**
 * The global `process` of a child.
 *
 * @example
 * const parent: ChildScope = process;
 */
export interface ChildScope extends Emitter {
  readonly connected: boolean;
  send?(message: unknown): boolean;
  disconnect(): void;
  exit(code?: number): never;
}

/**
 * @example
 * processTransport(child, { keepAlive: 'while busy' });
 */
export interface ProcessOptions {
  /** Ends the process. Left out: SIGKILL. */
  readonly killSignal?: 'SIGKILL' | 'SIGTERM';
  /** With `while busy` the process keeps this program alive only while it opens, closes or owes an answer. Left out: always. */
  readonly keepAlive?: 'always' | 'while busy';
}

/** What is kept of standard error (characters): its last line says why a library ended the process. */
const OUTPUT_LENGTH = 2000;
/** A process that cannot be reached is mostly about to exit: its own reason says more. After this long (ms) it is killed. */
const UNREACHABLE_TIMEOUT_MS = 1000;

/**
 * Over a thread, from the one that started it. The exit reason has the status, and the error where one ended the thread.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(threadTransport(new Worker(url)));
 */
export function threadTransport(worker: ThreadLike): Transport {
  const exit = new ExitReport();
  let error: Error | undefined;
  worker.on('error', (thrown: unknown) => {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  });
  worker.on('exit', (code: number) => exit.report({ code, ...(error && { error }) }));
  return {
    send(message, transfer = []) {
      if (!exit.reported) worker.postMessage(message, transfer);
    },
    onMessage: (listener) => void worker.on('message', listener),
    onExit: (listener) => exit.listen(listener),
    close: () => void worker.terminate(),
  };
}

/**
 * Over a process, from the one that forked it with `serialization: 'advanced'`. Nothing moves: what a call transfers is copied.
 * The exit reason has status or signal, and the last line of standard error where that is a pipe.
 *
 * @example
 * const client = await ServiceClient.open<Adder>(processTransport(fork(path, [], { serialization: 'advanced' })));
 */
export function processTransport(child: ProcessLike, options: ProcessOptions = {}): Transport {
  const { killSignal = 'SIGKILL', keepAlive = 'always' } = options;
  const exit = new ExitReport();
  let output = '';
  let unreachable: Error | undefined;
  let cancelKill: (() => void) | undefined;
  const report = (reason: ExitReason): void => {
    cancelKill?.();
    exit.report(reason);
  };
  const fail = (error: Error): void => {
    if (exit.reported || cancelKill) return;
    cancelKill = systemTimers.after(UNREACHABLE_TIMEOUT_MS, () => {
      unreachable = new Error(`cannot be reached: ${error.message}`, { cause: error });
      child.kill('SIGKILL');
    });
  };
  child.stderr?.setEncoding('utf8');
  child.stderr?.on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_LENGTH);
  });
  child.on('error', (error: Error) => report({ error }));
  // With a pipe, 'close' comes when its last line has been read.
  child.on(child.stderr ? 'close' : 'exit', (code: number | null, signal: string | null) => {
    const detail = lastErrorLine(output);
    report({
      ...(code === null ? {} : { code }),
      ...(signal === null ? {} : { signal }),
      ...(unreachable && { error: unreachable }),
      ...(detail === '' ? {} : { detail }),
    });
  });
  return {
    send(message) {
      if (exit.reported) return;
      if (child.connected) child.send(message, (error) => error && fail(error));
      else fail(new Error('its channel is closed'));
    },
    onMessage: (listener) => void child.on('message', listener),
    onExit: (listener) => exit.listen(listener),
    close: () => void child.kill(killSignal),
    setActivity(activity) {
      if (keepAlive === 'always') return;
      const name = activity === 'busy' ? 'ref' : 'unref';
      child[name]();
      child.channel?.[name]();
    },
  };
}

/**
 * The child's end: it exits with its parent, and leaves Ctrl-C, which a terminal sends to every process of a command, to it.
 *
 * @example
 * serve<Adder>(parentTransport(process), open);
 */
export function parentTransport(process: ChildScope): Transport {
  const exit = new ExitReport();
  process.on('SIGINT', () => undefined);
  process.on('disconnect', () => {
    exit.report({});
    process.exit();
  });
  return {
    send(message) {
      if (process.connected) process.send?.(message);
    },
    onMessage: (listener) => void process.on('message', listener),
    onExit: (listener) => exit.listen(listener),
    close() {
      if (process.connected) process.disconnect();
    },
  };
}

/** Without colours, and without the words that C++ puts before the message of an exception. */
const lastErrorLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '')
    .replace(/\p{Cc}\[[\d;]*m/gu, '')
    .replace(/^\s*what\(\):\s*/, '')
    .trim();
