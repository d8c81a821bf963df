/**
 * Waits for a promise that a signal may end before it settles.
 * @throws the reason of the signal, at once, whatever the promise does later
 */
export async function untilAborted<T>(run: () => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  signal?.throwIfAborted();
  if (!signal) return run();
  let onAbort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([run(), aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
