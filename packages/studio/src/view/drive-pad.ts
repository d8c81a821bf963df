import type { DriveRequest, GroupDisplay } from '../protocol/protocol.ts';
import { armRequest, baseRequest, type Direction, KEYS, LABELS } from './drive-directions.ts';
import { element, make, write } from './elements.ts';

/** Time (ms) between two renewals of a motion while a button is down. */
const RENEWAL_MS = 200;

/** Functions that the pad calls. */
export interface DriveHandlers {
  drive(request: DriveRequest): void;
  /** The user has selected the arm that words, buttons and keys move. */
  selectArm(name: string): void;
}

/**
 * Buttons and keys that move a robot of several arms or a base while they are down. Every way in which a button can come up ends the
 * motion: the pointer leaves, the key comes up, or the window loses the focus.
 */
export class DrivePad {
  readonly #panel = element('drive', HTMLElement);
  readonly #groups = element('drive-groups', HTMLElement);
  readonly #buttons = element('drive-buttons', HTMLElement);
  readonly #speed = element('drive-speed', HTMLInputElement);
  readonly #why = element('drive-why', HTMLElement);
  readonly #handlers: DriveHandlers;
  readonly #down = new Set<Direction>();
  readonly #byDirection = new Map<Direction, HTMLButtonElement>();
  #group: GroupDisplay | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(handlers: DriveHandlers) {
    this.#handlers = handlers;
    window.addEventListener('blur', () => this.#releaseAll());
    document.addEventListener('visibilitychange', () => this.#releaseAll());
  }

  /** Groups to drive; none hides the pad. */
  set groups(groups: readonly GroupDisplay[]) {
    this.#releaseAll();
    this.#panel.hidden = groups.length === 0;
    this.#groups.hidden = groups.length < 2;
    this.#groups.replaceChildren(...groups.map((group, i) => this.#choice(group, i === 0)));
    this.#select(groups[0]);
  }

  /** Why no button moves anything now; undefined while they do. The buttons are disabled meanwhile. */
  set refusal(why: string | undefined) {
    if (why !== undefined) this.#releaseAll();
    for (const button of this.#byDirection.values()) button.disabled = why !== undefined;
    write(this.#why, why ?? '');
  }

  /** True when the pad moves something by this key; it is then down until {@link keyUp}. */
  keyDown(key: string): boolean {
    const direction = this.#directionOf(key);
    if (!direction) return false;
    this.#press(direction);
    return true;
  }

  keyUp(key: string): void {
    const direction = this.#directionOf(key);
    if (direction) this.#release(direction);
  }

  /** Selects the next arm. */
  selectNext(): void {
    const inputs = [...this.#groups.querySelectorAll('input')];
    inputs[(inputs.findIndex(({ checked }) => checked) + 1) % inputs.length]?.click();
  }

  #choice(group: GroupDisplay, checked: boolean): HTMLElement {
    const label = make('label', 'choice');
    const input = make('input');
    Object.assign(input, { type: 'radio', name: 'drive-group', id: `drive-group-${group.name}`, checked });
    input.dataset.testid = input.id;
    input.onchange = () => {
      this.#select(group);
      if (group.kind === 'arm') this.#handlers.selectArm(group.name);
    };
    // After a click the arrow keys move the arm; by the keyboard they select another one.
    label.onclick = ({ detail }) => detail > 0 && setTimeout(() => input.blur());
    label.append(input, ' ', make('span', '', group.name));
    return label;
  }

  #select(group: GroupDisplay | undefined): void {
    this.#releaseAll();
    this.#group = group;
    this.#byDirection.clear();
    if (!group) return;
    const disabled = this.#why.textContent !== '';
    const directions = Object.keys(LABELS[group.kind]) as Direction[];
    const shown = directions.filter((each) => !(group.kind === 'arm' && group.gripper === 'absent' && isGripper(each)));
    for (const direction of shown) this.#byDirection.set(direction, this.#button(direction, group, disabled));
    this.#buttons.dataset.kind = group.kind;
    this.#buttons.replaceChildren(...this.#byDirection.values());
  }

  #button(direction: Direction, { kind, name }: GroupDisplay, disabled: boolean): HTMLButtonElement {
    const { text, title } = LABELS[kind][direction]!;
    const button = make('button', `drive-${direction}`, text);
    const { key, label } = KEYS[direction];
    Object.assign(button, {
      type: 'button',
      disabled,
      ariaLabel: `${name}: ${title}`,
      title: `${title} while it is down (${label})`,
    });
    button.setAttribute('aria-keyshortcuts', key);
    button.dataset.testid = `drive-${direction}`;
    button.onpointerdown = (event) => {
      if (event.button !== 0) return;
      button.setPointerCapture(event.pointerId);
      this.#press(direction);
    };
    button.onpointerup = button.onpointercancel = button.onlostpointercapture = () => this.#release(direction);
    button.onkeydown = (event) => {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      event.preventDefault();
      if (!event.repeat) this.#press(direction);
    };
    button.onkeyup = button.onblur = () => this.#release(direction);
    button.oncontextmenu = (event) => event.preventDefault();
    return button;
  }

  #directionOf(key: string): Direction | undefined {
    for (const [direction] of this.#byDirection)
      if (KEYS[direction].key.toLowerCase() === key.toLowerCase()) return direction;
    return undefined;
  }

  #press(direction: Direction): void {
    const button = this.#byDirection.get(direction);
    if (!button || button.disabled || this.#down.has(direction)) return;
    button.dataset.held = '';
    this.#down.add(direction);
    this.#send('press');
    this.#timer ??= setInterval(() => this.#send('renewal'), RENEWAL_MS);
  }

  #release(direction: Direction): void {
    if (!this.#down.delete(direction)) return;
    delete this.#byDirection.get(direction)?.dataset.held;
    const { name } = this.#group!;
    // A gripper goes on to its end.
    if (!isGripper(direction)) this.#handlers.drive({ kind: 'release', group: name });
    if (this.#down.size > 0) {
      this.#send('renewal');
      return;
    }
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #releaseAll(): void {
    for (const direction of [...this.#down]) this.#release(direction);
  }

  #send(why: 'press' | 'renewal'): void {
    const group = this.#group!;
    const share = Number(this.#speed.value) / 100;
    const request =
      group.kind === 'base' ? baseRequest(group, this.#down, share) : armRequest(group, this.#down, share);
    // A gripper goes on without renewals.
    if (request && (why === 'press' || request.kind !== 'gripper')) this.#handlers.drive(request);
  }
}

const isGripper = (direction: Direction): boolean => direction === 'open' || direction === 'close';
