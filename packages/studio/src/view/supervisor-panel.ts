import { isStop, type OperatorRequest, type SafetyState } from '@praxis/safety';
import type { SupervisorDisplay } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';

const STATE_LABELS: Readonly<Record<SafetyState, string>> = {
  idle: 'idle',
  ready: 'ready',
  running: 'running',
  hold: 'hold',
  protective_stop: 'protective stop',
  emergency_stop: 'emergency stop',
};

/** Text of a state that begins a sentence. */
const title = (state: SafetyState): string => STATE_LABELS[state].replace(/^./, (letter) => letter.toUpperCase());

/**
 * Displays the supervisor's state and its last event, and sends requests to it. A stop is visible wherever the page is
 * scrolled to: in a banner, which screen readers announce, around the scene and in the title of the page.
 */
export class SupervisorPanel {
  readonly #state = element('safety-state', HTMLOutputElement);
  readonly #event = element('safety-event', HTMLElement);
  readonly #resetAndStart = element('reset-and-start', HTMLButtonElement);
  readonly #banner = element('stop-banner', HTMLElement);
  readonly #stopTitle = element('stop-title', HTMLElement);
  readonly #stopCause = element('stop-cause', HTMLElement);
  readonly #scene = element('scene-panel', HTMLElement);
  readonly #pageTitle = document.title;

  constructor(send: (request: OperatorRequest) => void) {
    element('hold', HTMLButtonElement).onclick = () => send('hold');
    element('stop', HTMLButtonElement).onclick = () => send('stop');
    this.#resetAndStart.onclick = () => send('resetAndStart');
    element('banner-reset', HTMLButtonElement).onclick = () => send('resetAndStart');
  }

  /** True while a stop latches, which only the user's reset ends. */
  get stopped(): boolean {
    return !this.#banner.hidden;
  }

  renderStatus({ state, event, stopCause }: SupervisorDisplay): void {
    this.#state.dataset.state = state;
    write(this.#state, STATE_LABELS[state]);
    write(this.#event, event);
    this.#resetAndStart.disabled = state === 'running' || state === 'idle';
    this.#renderStop(state, stopCause ?? '');
  }

  #renderStop(state: SafetyState, cause: string): void {
    const stopped = isStop(state);
    this.#scene.dataset.safety = state;
    this.#banner.dataset.state = state;
    this.#banner.hidden = !stopped;
    write(this.#stopTitle, stopped ? title(state) : '');
    write(this.#stopCause, stopped ? cause : '');
    this.#stopCause.title = cause;
    const pageTitle = stopped ? `${title(state)} | ${this.#pageTitle}` : this.#pageTitle;
    if (document.title !== pageTitle) document.title = pageTitle;
  }
}
