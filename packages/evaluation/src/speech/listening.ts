import { InputError } from '@praxis/core';
import type { Listener, ListenerState } from '@praxis/speech';

/** @throws {InputError} when nothing can be understood, and why */
export async function mustRun(listener: Listener): Promise<void> {
  await listener.started();
  let state: ListenerState = { kind: 'starting' };
  listener.state$.subscribe((now) => (state = now)).unsubscribe();
  refuse(state);
}

/** The option that named a model, where one was named: what a page says it was made by. */
export const heardBy = (model: string | undefined): string => (model === undefined ? '' : ` --model ${model}`);

function refuse(state: ListenerState): void {
  if (state.kind === 'recogniser gone') throw new InputError(state.reason);
}
