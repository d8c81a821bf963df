import type { RobotDisplay } from '../protocol/protocol.ts';
import { element, make } from './elements.ts';

/** Value of the option that selects the Praxis arm without a name in the address. */
const DEFAULT = '';

/** Displays the robot's name and what its supervisor is based on, and lets the user choose another robot. */
export class RobotPanel {
  readonly #select = element('robot', HTMLSelectElement);
  readonly #notes = element('robot-notes', HTMLElement);
  readonly #list = element('robot-notes-list', HTMLElement);

  /** @param open opens a robot by its name; undefined for the Praxis arm */
  constructor(open: (name: string | undefined) => void) {
    this.#select.onchange = () => open(this.#select.value === DEFAULT ? undefined : this.#select.value);
  }

  /**
   * @param names robots of the server
   * @param chosen name in the address of the page; undefined for the Praxis arm
   */
  display({ name, notes }: RobotDisplay, names: readonly string[], chosen: string | undefined): void {
    const others = names.filter((each) => each !== 'praxis_arm' || chosen === each);
    this.#select.replaceChildren(
      new Option('praxis_arm', DEFAULT),
      // A folder may have another name than its robot.
      ...others.map((each) => new Option(each === chosen && each !== name ? `${each} (${name})` : each, each)),
    );
    if (chosen !== undefined) this.#select.firstElementChild?.toggleAttribute('hidden', chosen === 'praxis_arm');
    this.#select.value = chosen ?? DEFAULT;
    this.#notes.hidden = notes.length === 0;
    this.#list.replaceChildren(...notes.map((line) => make('li', '', line)));
  }
}
