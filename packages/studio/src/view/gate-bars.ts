import { make, write } from './elements.ts';
import { modalityTitle } from './modality-labels.ts';

interface Bar {
  readonly row: HTMLElement;
  readonly meter: HTMLMeterElement;
  readonly value: HTMLElement;
}

/** Displays the gate of each modality as a bar, 0..1. */
export class GateBars {
  readonly #container: HTMLElement;
  readonly #bars = new Map<string, Bar>();
  #masked: ReadonlySet<string> = new Set();

  constructor(container: HTMLElement) {
    this.#container = container;
  }

  /** Modalities of the loaded policy; each has a bar. */
  set modalities(names: readonly string[]) {
    for (const modality of names) this.#bar(modality);
  }

  /** @param gates undefined before the first chunk */
  renderGates(gates: Readonly<Record<string, number>> | undefined): void {
    for (const [modality, value] of Object.entries(gates ?? {})) {
      const { meter, value: text } = this.#bar(modality);
      meter.value = value;
      if (!this.#masked.has(modality)) write(text, value.toFixed(2));
    }
  }

  setMask(modalities: readonly string[]): void {
    this.#masked = new Set(modalities);
    for (const [modality, { row, value, meter }] of this.#bars) {
      const masked = this.#masked.has(modality);
      row.classList.toggle('masked', masked);
      write(value, masked ? 'masked' : meter.value.toFixed(2));
    }
  }

  clear(): void {
    for (const [modality, { meter, value }] of this.#bars) {
      meter.value = 0;
      write(value, this.#masked.has(modality) ? 'masked' : '–');
    }
  }

  #bar(modality: string): Bar {
    const known = this.#bars.get(modality);
    if (known) return known;
    const row = make('div', 'gate');
    const label = make('label', '', modalityTitle(modality));
    const meter = make('meter');
    meter.id = `gate-${modality}`;
    meter.dataset.testid = `gate-${modality}`;
    meter.max = 1;
    label.htmlFor = meter.id;
    const value = make('output', '', '–');
    value.htmlFor = meter.id;
    row.append(label, meter, value);
    this.#container.append(row);
    const bar = { row, meter, value };
    this.#bars.set(modality, bar);
    return bar;
  }
}
