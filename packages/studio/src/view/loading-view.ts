import type { LoadProgress } from '../protocol/protocol.ts';
import { element, write } from './elements.ts';
import { type Loading, loadingFraction, loadingText } from './loading.ts';

/** Displays what the page is still loading, over the scene, until the first episode is there. */
export class LoadingView {
  readonly #panel = element('loading', HTMLElement);
  readonly #text = element('loading-text', HTMLElement);
  readonly #bar = element('loading-bar', HTMLProgressElement);
  #loading: Loading = { simulator: 'loading', policy: 'loading' };

  constructor() {
    this.#render();
  }

  /** @param part it has been loaded */
  markLoaded(part: keyof Loading): void {
    this.#loading = { ...this.#loading, [part]: 'loaded' };
    this.#render();
  }

  set policyProgress(progress: LoadProgress) {
    if (this.#loading.policy === 'loaded') return;
    this.#loading = { ...this.#loading, policy: progress };
    this.#render();
  }

  /** Something did not load; the page says elsewhere what. */
  fail(): void {
    write(this.#text, 'Nothing to show: see the line above.');
    this.#bar.hidden = true;
  }

  /** The first episode is there. */
  hide(): void {
    this.#panel.hidden = true;
  }

  #render(): void {
    write(this.#text, loadingText(this.#loading));
    this.#bar.value = loadingFraction(this.#loading);
  }
}
