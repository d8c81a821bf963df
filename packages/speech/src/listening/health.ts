import type { Clock } from '@praxis/core';
import type { ListenerState } from './heard.ts';
import type { Life } from './restarting.ts';

/** How long broken audio is told (s). */
const TOLD = 1;

/** What is known of the sound's health; the worst of it is the state. */
export class Health {
  readonly #clock: Clock;
  #broken: { readonly reason: string; readonly until: number } | undefined;
  silent = true;
  clipped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  complain(reason: string): void {
    this.#broken = { reason, until: this.#clock.now() + TOLD };
  }

  state(lives: { readonly commands: Life; readonly 'stop words': Life }, talking: boolean): ListenerState {
    for (const what of ['stop words', 'commands'] as const) {
      const life = lives[what];
      if (life.kind === 'gone') return { kind: 'recogniser gone', what, reason: life.reason };
    }
    if (lives.commands.kind === 'starting' || lives['stop words'].kind === 'starting') return { kind: 'starting' };
    if (this.silent) return { kind: 'no audio' };
    if (this.#broken && this.#clock.now() < this.#broken.until) {
      return { kind: 'broken audio', reason: this.#broken.reason };
    }
    if (this.clipped) return { kind: 'clipped' };
    return { kind: talking ? 'speech' : 'listening' };
  }
}
