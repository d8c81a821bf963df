import { InputError } from '../errors/errors.ts';
import type { ServiceContract } from './contract.ts';
import { type ErrorRegistry, errorRegistry } from './errors.ts';
import { type CallContext, type Emit, type ServiceImplementation, Transferring } from './implementation.ts';
import { type FromService, isMessage, type ToService } from './messages.ts';
import { systemTimers, type Timers } from './timers.ts';
import type { ExitReason, Transport } from './transport.ts';

/**
 * Error registry and timers of {@link serve}.
 *
 * @example
 * serve(transport, open, { errors: new ErrorRegistry() });
 */
export interface ServeOptions {
  readonly errors?: ErrorRegistry;
  readonly timers?: Timers;
}

type Request = Extract<ToService, { kind: 'call' | 'notify' }>;
type AnyHandler = (argument: unknown, context: CallContext) => unknown;
interface OpenService {
  readonly methods: object;
  readonly info?: unknown;
  close?(): void | Promise<void>;
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/**
 * Runs a service for one client. Messages are processed one after another in their order, so a notification takes
 * effect before later calls. A synchronous handler is answered in the same task, so a thread that never returns to its
 * event loop can serve too.
 */
class ServiceHost {
  readonly ready: Promise<void>;
  readonly exited: Promise<ExitReason>;
  readonly #transport: Transport;
  readonly #errors: ErrorRegistry;
  readonly #timers: Timers;
  readonly #running = new Map<number, RunningCall>();
  #queue: Request[] = [];
  #service: OpenService | undefined;
  #busy = false;
  #advancing = false;
  #state: 'open' | 'closing' | 'closed' = 'open';
  #stopBeating: (() => void) | undefined;

  constructor(transport: Transport, open: () => OpenService | Promise<OpenService>, options: ServeOptions) {
    this.#transport = transport;
    this.#errors = options.errors ?? errorRegistry;
    this.#timers = options.timers ?? systemTimers;
    let exit!: (reason: ExitReason) => void;
    this.exited = new Promise((resolve) => {
      exit = resolve;
    });
    transport.onMessage((message) => {
      if (isMessage(message)) this.#handleMessage(message as ToService);
    });
    transport.onExit((reason) => {
      this.#stopBeating?.();
      for (const call of this.#running.values()) call.abort();
      this.#queue = [];
      if (this.#service) this.#close();
      else this.#state = 'closing';
      exit(reason);
    });
    this.ready = this.#open(open);
  }

  post(message: FromService, transfer?: readonly object[]): void {
    this.#transport.send(message, transfer);
  }

  async #open(open: () => OpenService | Promise<OpenService>): Promise<void> {
    try {
      const opened = open();
      this.#service = isPromise(opened) ? await opened : opened;
    } catch (error) {
      this.post({ kind: 'failed', error: this.#errors.encode(error) });
      if (this.#state === 'closing') this.#end();
      return;
    }
    this.post({ kind: 'ready', info: this.#service.info });
    this.#startWaiting();
  }

  #handleMessage(message: ToService): void {
    switch (message.kind) {
      case 'call':
      case 'notify':
        if (this.#state !== 'open') return;
        this.#queue.push(message);
        this.#startWaiting();
        return;
      case 'cancel':
        this.#queue = this.#queue.filter((request) => request.kind !== 'call' || request.id !== message.id);
        this.#running.get(message.id)?.abort();
        return;
      case 'heartbeat':
        this.#stopBeating?.();
        if (!(message.periodMs > 0)) return;
        this.#stopBeating = this.#timers.every(message.periodMs, () => this.post({ kind: 'beat' }));
        return;
      case 'close':
        if (this.#state !== 'open') return;
        this.#state = 'closing';
        this.#queue = [];
        this.#startWaiting();
        return;
    }
  }

  /**
   * Starts the waiting requests. A synchronous handler calls this method again from inside the loop; that call returns
   * at once.
   */
  #startWaiting(): void {
    if (this.#advancing) return;
    this.#advancing = true;
    while (this.#service && !this.#busy && this.#queue.length > 0)
      this.#startRequest(this.#queue.shift()!, this.#service);
    this.#advancing = false;
    if (!this.#busy && this.#service && this.#state === 'closing') this.#close();
  }

  #startRequest(request: Request, { methods }: OpenService): void {
    const { method, argument } = request;
    const call = new RunningCall(() => {
      if (call.finish()) this.#release();
    });
    this.#busy = true;
    if (request.kind === 'call') this.#running.set(request.id, call);
    try {
      if (!Object.hasOwn(methods, method)) {
        throw new InputError(`no method "${method}": expected one of ${Object.keys(methods).join(', ')}`);
      }
      const result = (methods as Readonly<Record<string, AnyHandler>>)[method](argument, call);
      if (isPromise(result)) {
        result.then(
          (value) => this.#answer(request, call, value),
          (error) => this.#refuse(request, call, error),
        );
      } else this.#answer(request, call, result);
    } catch (error) {
      this.#refuse(request, call, error);
    }
  }

  #answer(request: Request, call: RunningCall, result: unknown): void {
    if (request.kind === 'call') {
      const { id } = request;
      try {
        if (result instanceof Transferring) this.post({ kind: 'result', id, value: result.value }, result.transfer);
        else this.post({ kind: 'result', id, value: result });
      } catch (error) {
        // The result cannot be cloned.
        this.post({ kind: 'error', id, error: this.#errors.encode(error) });
      }
    }
    this.#finish(request, call);
  }

  #refuse(request: Request, call: RunningCall, error: unknown): void {
    const id = request.kind === 'call' ? request.id : undefined;
    this.post({ kind: 'error', ...(id === undefined ? {} : { id }), error: this.#errors.encode(error) });
    this.#finish(request, call);
  }

  #finish(request: Request, call: RunningCall): void {
    if (request.kind === 'call') this.#running.delete(request.id);
    if (call.finish()) this.#release();
  }

  #release(): void {
    this.#busy = false;
    this.#startWaiting();
  }

  #close(): void {
    if (this.#state === 'closed') return;
    this.#state = 'closed';
    this.#stopBeating?.();
    for (const call of this.#running.values()) call.abort();
    let closed: void | Promise<void>;
    try {
      closed = this.#service?.close?.();
    } catch {
      closed = undefined;
    }
    if (isPromise(closed)) {
      closed.then(
        () => this.#end(),
        () => this.#end(),
      );
    } else this.#end();
  }

  #end(): void {
    this.#stopBeating?.();
    this.#transport.close();
  }
}

/** A call or notification whose handler has started. */
class RunningCall implements CallContext {
  readonly releaseQueue: () => void;
  #controller: AbortController | undefined;
  #aborted = false;
  #finished = false;

  constructor(releaseQueue: () => void) {
    this.releaseQueue = releaseQueue;
  }

  /** The controller is created on first use: most handlers never need it. */
  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#aborted) this.#controller.abort();
    return this.#controller.signal;
  }

  abort(): void {
    this.#aborted = true;
    this.#controller?.abort();
  }

  /** Marks the call as finished. Returns true the first time. */
  finish(): boolean {
    const first = !this.#finished;
    this.#finished = true;
    return first;
  }
}

/**
 * Serves one client over a transport. `open` creates the service; its errors reach the client's `ready`.
 * @returns `ready` resolves when the service is open or its failure has been sent; `exited` resolves when the client
 * has ended or was closed
 *
 * @example
 * serve<Adder>(portTransport(parentPort), (emit) => ({
 *   info: { name: 'adder' },
 *   methods: { add: (numbers) => numbers.reduce((a, b) => a + b, 0), reset: () => {} },
 * }));
 */
export function serve<C extends ServiceContract>(
  transport: Transport,
  open: (emit: Emit<C>) => ServiceImplementation<C> | Promise<ServiceImplementation<C>>,
  options: ServeOptions = {},
): { readonly ready: Promise<void>; readonly exited: Promise<ExitReason> } {
  const emit: Emit<C> = (name, value, transfer) => transport.send({ kind: 'event', name, value }, transfer);
  return new ServiceHost(transport, () => open(emit), options);
}
