/** Result of work that is done when it returns, or later, when the promise that it returns resolves. */
export type Done<T = void> = T | Promise<T>;

/** Goes on after work: at once if that is done. */
export const after = <T, R>(done: Done<T>, next: (value: T) => Done<R>): Done<R> =>
  done instanceof Promise ? done.then(next) : next(done);

/** Does work for each item in turn: at once as far as it is done when it returns. An error ends it. */
export function inTurn<T>(items: readonly T[], work: (item: T) => Done): Done {
  for (const [i, item] of items.entries()) {
    const done = work(item);
    if (done instanceof Promise) return done.then(() => inTurn(items.slice(i + 1), work));
  }
}

/** Handles the frames of a client in their order: one waits until the frames before it are done. */
export class FrameQueue {
  #last: Promise<void> | undefined;

  /** @param handle handles a frame; it throws nothing, and does not reject */
  run(handle: () => Done): Done {
    const done = after(this.#last, handle);
    if (!(done instanceof Promise)) return;
    const last = done.then(() => {
      if (this.#last === last) this.#last = undefined;
    });
    this.#last = last;
    return last;
  }
}

/** Reports the error of work, which may come later. */
export function reporting(work: () => Done, report: (error: unknown) => void): Done {
  try {
    const done = work();
    if (done instanceof Promise) return done.catch(report);
  } catch (error) {
    report(error);
  }
}
