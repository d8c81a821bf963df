import type { OperatorRequest } from '@praxis/safety';
import type { SupervisorDisplay } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';

/** Displays the supervisor's state and its last event, and sends requests to it. */
export class SupervisorPanel {
  readonly #state = element('safety-state', HTMLOutputElement);
  readonly #event = element('safety-event', HTMLElement);
  readonly #resetAndStart = element('reset-and-start', HTMLButtonElement);

  constructor(send: (request: OperatorRequest) => void) {
    element('hold', HTMLButtonElement).onclick = () => send('hold');
    element('stop', HTMLButtonElement).onclick = () => send('stop');
    this.#resetAndStart.onclick = () => send('resetAndStart');
  }

  renderStatus({ state, event }: SupervisorDisplay): void {
    this.#state.dataset.state = state;
    write(this.#state, state.replace('_', ' '));
    write(this.#event, event);
    this.#resetAndStart.disabled = state === 'running' || state === 'idle';
  }
}
