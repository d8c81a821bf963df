import type { GuardAct, GuardState } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';

/** The supervisor's state, the last thing that it said, and the buttons that ask something of it. */
export class GuardPanel {
  readonly #state = element('safety-state', HTMLOutputElement);
  readonly #event = element('safety-event', HTMLElement);
  readonly #resume = element('resume', HTMLButtonElement);

  constructor(ask: (act: GuardAct) => void) {
    element('hold', HTMLButtonElement).onclick = () => ask('hold');
    element('stop', HTMLButtonElement).onclick = () => ask('stop');
    this.#resume.onclick = () => ask('resume');
  }

  show({ state, event }: GuardState): void {
    this.#state.dataset.state = state;
    write(this.#state, state.replace('_', ' '));
    write(this.#event, event);
    this.#resume.disabled = state === 'running' || state === 'idle';
  }
}
