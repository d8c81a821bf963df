import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { CommandError, InputError, PolicyError } from '../errors/errors.ts';
import { type ClientOptions, type ExitReason, ServiceClient, ServiceExitedError, serve } from './index.ts';
import { type Adder, openAdder } from './testing/adder.ts';
import { FakeTimers, manualTransports } from './testing/manual-transport.ts';

/** Waits until all pending promises are settled. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve));

function connect(options: ClientOptions<Adder> = {}, start = 0) {
  const timers = new FakeTimers();
  const line = manualTransports();
  const client = new ServiceClient<Adder>(line.client, { timers, ...options });
  const host = serve<Adder>(line.service, (emit) => openAdder(start, emit), { timers });
  const deliver = async (): Promise<void> => {
    for (let i = 0; i < 10; i++) {
      line.deliver(1);
      await settle();
      line.deliver(0);
      await settle();
    }
  };
  return { line, client, host, timers, deliver };
}

describe('ServiceClient', () => {
  it("resolves ready with the service's info and receives its events", async () => {
    const sums: number[] = [];
    const { client, deliver } = connect({ events: { sum: (sum) => sums.push(sum) } }, 5);
    expect(client.status).toEqual({ kind: 'starting' });
    const answer = client.call('add', 2);
    await deliver();
    expect(await client.ready).toEqual({ start: 5 });
    expect(client.status).toEqual({ kind: 'running' });
    expect([await answer, sums]).toEqual([7, [7]]);
  });

  it('matches answers to calls in any order', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ amount: fc.integer(), pick: fc.nat() }), { minLength: 1, maxLength: 20 }),
        async (calls) => {
          const line = manualTransports();
          const client = new ServiceClient<{ methods: { echo(amount: number): number } }>(line.client);
          serve<{ methods: { echo(amount: number): number } }>(line.service, () => ({
            methods: { echo: (amount) => amount },
          }));
          line.deliver(0);
          const answers = calls.map(({ amount }) => client.call('echo', amount));
          line.deliver(1);
          let taken = 0;
          line.deliver(0, (inbox) => inbox.splice(calls[taken++].pick % inbox.length, 1)[0]);
          expect(await Promise.all(answers)).toEqual(calls.map(({ amount }) => amount));
        },
      ),
    ));

  it('applies a notification to later calls and not to earlier ones', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.integer({ min: -9, max: 9 }), fc.constant('reset'))), async (steps) => {
        const { client, deliver } = connect();
        let sum = 0;
        const expected: number[] = [];
        const answers: Promise<number>[] = [];
        for (const step of steps) {
          if (typeof step === 'number') {
            answers.push(client.call('add', step));
            sum += step;
            expected.push(sum);
          } else {
            client.notify('reset');
            sum = 0;
          }
        }
        await deliver();
        expect(await Promise.all(answers)).toEqual(expected);
      }),
      { numRuns: 30 },
    ));

  it('rejects with the thrown class and its causes, and continues', async () => {
    const { client, deliver } = connect();
    const answers = Promise.allSettled([
      client.call('refuse', 'input'),
      client.call('refuse', 'policy'),
      client.call('refuse', 'plain'),
      client.call('add', 1),
    ]);
    await deliver();
    const [input, policy, plain, sum] = await answers;
    expect(input).toMatchObject({ status: 'rejected', reason: { message: 'no such input' } });
    const { reason } = input as PromiseRejectedResult;
    expect(reason).toBeInstanceOf(InputError);
    expect(reason.cause).toBeInstanceOf(CommandError);
    expect(reason.cause.cause).toBeInstanceOf(RangeError);
    expect((policy as PromiseRejectedResult).reason).toBeInstanceOf(PolicyError);
    expect((plain as PromiseRejectedResult).reason).not.toBeInstanceOf(PolicyError);
    expect(sum).toMatchObject({ value: 1 });
  });

  it('rejects open when the service fails to open', async () => {
    const { client, deliver } = connect({}, -1);
    await deliver();
    await expect(client.ready).rejects.toThrow(new InputError('-1: expected 0 or more'));
  });

  it('refuses an unknown method and an argument that cannot be cloned', async () => {
    const { client, deliver } = connect();
    const unknown = client.call('toString' as 'reset').catch((error) => error.message);
    await deliver();
    expect(await unknown).toMatch(/^no method "toString": expected one of add, addLater/);
    await expect(client.call('add', (() => 1) as never)).rejects.toThrow(/could not be cloned/);
    const answer = client.call('add', 3);
    await deliver();
    expect(await answer).toBe(3);
  });

  it('reports a failed notification', async () => {
    const onNotificationError = vi.fn();
    const { client, deliver } = connect({ onNotificationError });
    client.notify('refuse', 'policy');
    await deliver();
    expect(onNotificationError.mock.calls).toEqual([[new PolicyError('no such policy')]]);
  });

  it('ignores other messages', async () => {
    const { client, line, deliver } = connect();
    line.toService.push(null, 7, 'text', { kind: 'nothing' }, { kind: 'cancel', id: 99 });
    line.toClient.push(null, 7, 'text', { kind: 'nothing' }, { kind: 'result', id: 99, value: 1 });
    const answer = client.call('add', 1);
    await deliver();
    expect(await answer).toBe(1);
  });
});

describe('cancellation', () => {
  it("rejects with the signal's reason and aborts the handler", async () => {
    const { client, deliver } = connect();
    const controller = new AbortController();
    const waiting = client.call('wait', undefined, { signal: controller.signal });
    await deliver();
    controller.abort(new InputError('no longer wanted'));
    await expect(waiting).rejects.toThrow(new InputError('no longer wanted'));
    const count = client.call('cancelled');
    await deliver();
    expect(await count).toBe(1);
  });

  it('before the call is sent does not reach the service', async () => {
    const { client, line, deliver } = connect({ maxInFlight: 1 });
    await deliver();
    await expect(client.call('add', 1, { signal: AbortSignal.abort(new Error('too late')) })).rejects.toThrow(
      'too late',
    );
    const first = client.call('add', 1);
    const controller = new AbortController();
    const second = client.call('add', 10, { signal: controller.signal });
    const refused = expect(second).rejects.toThrow('changed my mind');
    const third = client.call('add', 100);
    expect(line.toService).toHaveLength(1);
    controller.abort(new Error('changed my mind'));
    await deliver();
    await refused;
    expect([await first, await third]).toEqual([1, 101]);
  });

  it('of a call queued in the service prevents its start', async () => {
    const line = manualTransports();
    const begun: string[] = [];
    interface Slow {
      readonly methods: { run(name: string): void };
    }
    const release: (() => void)[] = [];
    const client = new ServiceClient<Slow>(line.client);
    serve<Slow>(line.service, () => ({
      methods: {
        run: (name) => {
          begun.push(name);
          return new Promise((resolve) => release.push(resolve));
        },
      },
    }));
    const controller = new AbortController();
    const first = client.call('run', 'first');
    const second = client.call('run', 'second', { signal: controller.signal });
    const refused = expect(second).rejects.toThrow('cancelled');
    line.deliver(1);
    controller.abort(new Error('cancelled'));
    line.deliver(1);
    release[0]();
    await settle();
    line.deliver(0);
    await first;
    await refused;
    expect(begun).toEqual(['first']);
  });

  it('removes its listener from the signal after the call', async () => {
    const { client, deliver } = connect();
    const controller = new AbortController();
    const remove = vi.spyOn(controller.signal, 'removeEventListener');
    const answer = client.call('add', 1, { signal: controller.signal });
    await deliver();
    await answer;
    expect(remove).toHaveBeenCalledTimes(1);
  });
});

describe('exit', () => {
  const reasons = fc.record(
    { code: fc.integer({ min: 0, max: 255 }), signal: fc.constantFrom('SIGKILL', 'SIGTERM'), detail: fc.string() },
    { requiredKeys: [] },
  );

  it('rejects every waiting and every later call with its reason', () =>
    fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 8 }),
        fc.integer({ min: 1, max: 4 }),
        reasons,
        async (n, most, reason) => {
          const { client, line, timers, deliver } = connect({
            maxInFlight: most,
            heartbeat: { periodMs: 10, timeoutMs: 50 },
          });
          await deliver();
          const waiting = Array.from({ length: n }, () => client.call('add', 1));
          line.exit(reason);
          for (const call of [...waiting, client.call('add', 1)]) {
            const error = await call.catch((thrown) => thrown);
            expect(error).toBeInstanceOf(ServiceExitedError);
            expect(error.reason).toEqual(reason);
          }
          expect(await client.exited).toEqual(reason);
          expect(client.status).toEqual({ kind: 'exited', reason });
          expect(timers.waiting).toBe(0);
          await client.close();
        },
      ),
      { numRuns: 30 },
    ));

  it('rejects with the error of the option exitError', async () => {
    const exitError = ({ signal }: ExitReason) => new PolicyError(`policy tiny: its process was ended by ${signal}`);
    const { client, line, deliver } = connect({ exitError });
    await deliver();
    const call = client.call('wait');
    line.exit({ signal: 'SIGKILL' });
    await expect(call).rejects.toThrow(new PolicyError('policy tiny: its process was ended by SIGKILL'));
  });

  it('before the service is ready rejects ready', async () => {
    const { client, line } = connect();
    line.exit({ code: 3 });
    await expect(client.ready).rejects.toThrow('the service ended with status 3');
  });

  it('of the client aborts running calls and closes the service once', async () => {
    const line = manualTransports();
    const close = vi.fn();
    let signal: AbortSignal | undefined;
    interface Waiter {
      readonly methods: { wait(): void };
    }
    const host = serve<Waiter>(line.service, () => ({
      methods: {
        wait: (_, context) => {
          signal = context.signal;
          return new Promise(() => {});
        },
      },
      close,
    }));
    const client = new ServiceClient<Waiter>(line.client);
    await settle();
    client.call('wait').catch(() => {});
    line.deliver(1);
    line.exit({});
    expect(signal?.aborted).toBe(true);
    await host.exited;
    expect(close).toHaveBeenCalledTimes(1);
  });
});

describe('close', () => {
  it('finishes the current call, rejects the others, and may be called twice', async () => {
    const { client, deliver } = connect({ maxInFlight: 1 });
    await deliver();
    const [first, second] = [client.call('add', 1), client.call('add', 1)];
    const closing = Promise.all([client.close(), client.close()]);
    const late = client.call('add', 1);
    const answers = Promise.allSettled([first, second, late]);
    await deliver();
    await closing;
    expect((await answers).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    await expect(late).rejects.toThrow('the service was closed');
  });

  it('kills a service that does not answer in time', async () => {
    const { client, timers, deliver } = connect({ closeTimeoutMs: 300 });
    await deliver();
    const closing = client.close();
    timers.advance(299);
    expect(client.status.kind).toBe('running');
    timers.advance(1);
    await closing;
    expect(client.status.kind).toBe('exited');
  });
});

describe('heartbeat', () => {
  it('reports a service that stops beating and one that beats again', async () => {
    const kinds: string[] = [];
    const onBeat = vi.fn();
    const { client, line, timers, deliver } = connect({
      heartbeat: { periodMs: 10, timeoutMs: 35, onBeat },
      onStatus: ({ kind }) => kinds.push(kind),
    });
    await deliver();
    for (let i = 0; i < 10; i++) {
      timers.advance(10);
      line.deliver(0);
    }
    expect([onBeat.mock.calls.length, client.status.kind]).toEqual([10, 'running']);
    // Its beats no longer arrive.
    timers.advance(34);
    expect(client.status.kind).toBe('running');
    timers.advance(1);
    expect(client.status.kind).toBe('unresponsive');
    line.deliver(0);
    expect(kinds).toEqual(['running', 'unresponsive', 'running']);
    line.exit({});
    timers.advance(1000);
    expect(timers.waiting).toBe(0);
  });

  it('without a timeout only calls onBeat', async () => {
    const onBeat = vi.fn();
    const { client, line, timers, deliver } = connect({ heartbeat: { periodMs: 10, onBeat } });
    await deliver();
    timers.advance(1000);
    line.deliver(0);
    expect([onBeat.mock.calls.length, client.status.kind]).toEqual([100, 'running']);
  });
});
