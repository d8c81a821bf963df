import { make } from './elements.ts';
import { modalityLabel } from './modality-labels.ts';

/** Modalities with a key of their own: 1 to 9. */
const KEYED_COUNT = 9;

/** A switch for each modality of the loaded policy; a modality that is switched on is masked. */
export class MaskSwitches {
  readonly #container: HTMLElement;
  readonly #onChange: (mask: readonly string[]) => void;
  #inputs: readonly { readonly modality: string; readonly input: HTMLInputElement }[] = [];

  constructor(container: HTMLElement, onChange: (mask: readonly string[]) => void) {
    this.#container = container;
    this.#onChange = onChange;
  }

  /** Replaces the switches. @param modalities modalities of the policy, in the order of their keys */
  set modalities(modalities: readonly string[]) {
    for (const { input } of this.#inputs) input.parentElement?.remove();
    this.#inputs = modalities.map((modality, i) => {
      const label = make('label', 'switch');
      const input = make('input');
      input.type = 'checkbox';
      input.id = `mask-${modality}`;
      input.dataset.testid = input.id;
      if (i < KEYED_COUNT) input.setAttribute('aria-keyshortcuts', String(i + 1));
      input.onchange = () => this.#onChange(this.mask);
      label.append(input, ' ', make('span', '', `Mask ${modalityLabel(modality)}`));
      this.#container.append(label);
      return { modality, input };
    });
  }

  /** Masks these modalities and no other. Nobody is told: it is for a choice that was made before. */
  set mask(names: readonly string[]) {
    for (const { modality, input } of this.#inputs) input.checked = names.includes(modality);
  }

  /** The masked modalities. */
  get mask(): readonly string[] {
    return this.#inputs.filter(({ input }) => input.checked).map(({ modality }) => modality);
  }

  /** Toggles the switch of a key, from 0. */
  toggle(index: number): void {
    this.#inputs[index]?.input.click();
  }
}
