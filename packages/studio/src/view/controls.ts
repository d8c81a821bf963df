import { type Driver, NO_PLANNER, type Speed } from '../protocol/protocol.ts';
import { DRIVERS, SPEEDS, seedFrom } from './address.ts';
import { element } from './elements.ts';
import { MaskSwitches } from './mask-switches.ts';

const speedLabel = (speed: Speed): string => (speed === 'max' ? 'fastest' : `${SPEED_LABELS[speed] ?? speed} ×`);
const SPEED_LABELS: Readonly<Record<number, string>> = { 0.25: '¼', 0.5: '½' };

const DRIVER_LABELS: Readonly<Record<Driver, string>> = {
  policy: 'trained policy',
  expert: 'scripted expert',
  hand: 'by hand',
};

/** Beginning of the value of an option that opens another policy. */
const OPENS_POLICY = 'open:';

/** Task, seed, driver and planner in the form. */
export interface Choice {
  readonly task: string;
  readonly seed: number;
  readonly driver: Driver;
  readonly planner: string;
}

/** What can make plans. */
export interface PlannerChoices {
  readonly names: readonly string[];
  /** Planner of a task for which the user chose none. */
  readonly defaultFor: (task: string) => string;
}

/** Functions that the controls call. */
export interface ControlHandlers {
  /** Plays a paused episode and pauses a playing one. */
  togglePlayback(): void;
  step(): void;
  /** Called when the user changed task, seed, driver or planner, and on a restart. */
  load(choice: Choice): void;
  submitText(text: string): void;
  setMask(modalities: readonly string[]): void;
  setSpeed(speed: Speed): void;
  /** Opens another policy of the configuration. */
  openPolicy(name: string): void;
  /** Displays an error in one line. */
  reportError(error: unknown): void;
}

/** The buttons, fields and switches of an episode. They store only the user's choices. */
export class Controls {
  readonly #task = element('task', HTMLSelectElement);
  readonly #seed = element('seed', HTMLInputElement);
  readonly #driver = element('driver', HTMLSelectElement);
  readonly #speed = element('speed', HTMLSelectElement);
  readonly #planner = element('planner', HTMLSelectElement);
  readonly #play = element('play', HTMLButtonElement);
  readonly #step = element('step', HTMLButtonElement);
  readonly #text = element('instruction-text', HTMLInputElement);
  readonly #suggestions = element('suggestions', HTMLDataListElement);
  readonly #masks: MaskSwitches;
  readonly #handlers: ControlHandlers;
  #defaultPlannerFor: PlannerChoices['defaultFor'] = () => NO_PLANNER;
  /** The task that {@link #planner} was chosen for. */
  #plannedTask = '';

  constructor(handlers: ControlHandlers) {
    this.#handlers = handlers;
    this.#speed.append(...SPEEDS.map((speed) => new Option(speedLabel(speed), String(speed))));
    this.#play.onclick = () => handlers.togglePlayback();
    this.#step.onclick = () => handlers.step();
    element('reset', HTMLButtonElement).onclick = () => this.reload();
    element('next', HTMLButtonElement).onclick = () => this.nextSeed();
    for (const field of [this.#seed, this.#planner]) field.onchange = () => this.reload();
    this.#task.onchange = () => {
      this.#followTask();
      this.reload();
    };
    this.#driver.onchange = () => {
      if (this.#driver.value.startsWith(OPENS_POLICY))
        handlers.openPolicy(this.#driver.value.slice(OPENS_POLICY.length));
      else this.reload();
    };
    this.#speed.onchange = () => handlers.setSpeed(this.speed);
    this.#masks = new MaskSwitches(element('masks', HTMLElement), (mask) => handlers.setMask(mask));
    element('controls', HTMLFormElement).onsubmit = (event) => {
      event.preventDefault();
      // Enter in the seed field loads the seed.
      if (document.activeElement === this.#seed) this.reload();
      else this.#submitText();
    };
  }

  /** Names of the tasks to choose from. */
  set tasks(names: readonly string[]) {
    this.#task.replaceChildren(...names.map((name) => new Option(name, name)));
  }

  /** The task that an address without one opens. */
  get firstTask(): string | undefined {
    return this.#task.options[0]?.value;
  }

  /** What can drive the robot. */
  set drivers(drivers: readonly Driver[]) {
    this.#driver.replaceChildren(...drivers.map((driver) => new Option(DRIVER_LABELS[driver], driver)));
  }

  /** What can make plans of the user's requests; hidden without any. */
  set planners({ names, defaultFor }: PlannerChoices) {
    this.#planner.replaceChildren(...[NO_PLANNER, ...names].map((name) => new Option(name, name)));
    element('planner-label', HTMLElement).hidden = names.length === 0;
    this.#defaultPlannerFor = defaultFor;
  }

  /** Names of the configuration's policies that the page can open in place of the present one. */
  set policies(names: readonly string[]) {
    this.#driver.append(...names.map((name) => new Option(`policy ${name}`, `${OPENS_POLICY}${name}`)));
  }

  /** Modalities of the loaded policy, each of which gets a switch that masks it. */
  set modalities(names: readonly string[]) {
    this.#masks.modalities = names;
  }

  /** Instructions that the text field offers. */
  set suggestions(texts: readonly string[]) {
    this.#suggestions.replaceChildren(...texts.map((text) => new Option(text, text)));
  }

  get mask(): readonly string[] {
    return this.#masks.mask;
  }

  set mask(modalities: readonly string[]) {
    this.#masks.mask = modalities;
  }

  get speed(): Speed {
    const { value } = this.#speed;
    return value === 'max' ? 'max' : Number(value);
  }

  set speed(speed: Speed) {
    this.#speed.value = String(speed);
  }

  /** @throws {InputError} when the seed is invalid. */
  get choice(): Choice {
    const { value: task } = this.#task;
    const driver = DRIVERS.find((each) => each === this.#driver.value) ?? 'policy';
    return { task, seed: seedFrom(this.#seed.value), driver, planner: this.#planner.value || NO_PLANNER };
  }

  set choice({ task, seed, driver, planner }: Choice) {
    this.#planner.value = planner;
    this.#plannedTask = task;
    this.#task.value = task;
    this.#seed.value = String(seed);
    this.#driver.value = driver;
  }

  reload(): void {
    try {
      this.#handlers.load(this.choice);
    } catch (error) {
      this.#handlers.reportError(error);
    }
  }

  nextSeed(): void {
    try {
      this.choice = { ...this.choice, seed: seedFrom(String(this.choice.seed + 1)) };
      this.#handlers.load(this.choice);
    } catch (error) {
      this.#handlers.reportError(error);
    }
  }

  /** True while the user is about to enter a text or another seed. */
  get editing(): boolean {
    const { activeElement } = document;
    return activeElement === this.#seed || (activeElement === this.#text && this.#text.value !== '');
  }

  toggleMask(index: number): void {
    this.#masks.toggle(index);
  }

  focusTextInput(): void {
    this.#text.focus();
  }

  /** @param playback `playing` labels the button Pause; `able` is false while no episode can be played */
  displayPlayback({ playing, able }: { readonly playing: boolean; readonly able: boolean }): void {
    this.#play.textContent = playing ? 'Pause' : 'Play';
    this.#play.disabled = !able;
    this.#step.disabled = !able || playing;
  }

  /** Another task has another default planner; what the user chose instead stays. */
  #followTask(): void {
    const { value: task } = this.#task;
    if (this.#planner.value === this.#defaultPlannerFor(this.#plannedTask))
      this.#planner.value = this.#defaultPlannerFor(task);
    this.#plannedTask = task;
  }

  #submitText(): void {
    const text = this.#text.value.trim();
    if (text === '') return;
    this.#text.value = '';
    this.#handlers.submitText(text);
  }
}
