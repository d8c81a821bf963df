import type { Controls } from '../view/controls.ts';
import type { DrivePad } from '../view/drive-pad.ts';
import { element } from '../view/elements.ts';
import type { VoicePanel } from '../voice/voice-panel.ts';

/** True when the focused field or button uses the key itself. */
const hasOwnKeys = (target: EventTarget | null, key: string): boolean => {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' || key === ' ';
  if (target instanceof HTMLSelectElement) return true;
  const pressed = key === ' ' || key === 'Enter';
  return pressed && target instanceof HTMLElement && target.closest('button, summary') !== null;
};

/** Push-to-talk key. */
const TALK_KEY = 'v';

/**
 * Handles the keys Space, `.`, R, N, H, S, X, A, 1 to 9, `/` and `?`, and V and those of the drive pad while they are down, unless a field
 * has the focus or the page shows a recording, whose keys are its own.
 */
export function listenForShortcuts(controls: Controls, voice: VoicePanel, drive: DrivePad): void {
  const player = element('player', HTMLElement);
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => element('play', HTMLButtonElement).click(),
    '.': () => element('step', HTMLButtonElement).click(),
    r: () => controls.reload(),
    n: () => controls.nextSeed(),
    h: () => element('hold', HTMLButtonElement).click(),
    s: () => element('stop', HTMLButtonElement).click(),
    x: () => element('cancel-plan', HTMLButtonElement).click(),
    '?': () => element('help', HTMLElement).togglePopover(),
    '/': () => controls.focusTextInput(),
    a: () => drive.selectNext(),
  };
  const maskKey = (key: string) => (/^[1-9]$/.test(key) ? () => controls.toggleMask(Number(key) - 1) : undefined);
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || hasOwnKeys(event.target, event.key)) return;
    if (!player.hidden && event.key !== '?') return;
    if (event.key.toLowerCase() === TALK_KEY) voice.press();
    if (drive.keyDown(event.key)) {
      event.preventDefault();
      return;
    }
    const action = actions[event.key.toLowerCase()] ?? maskKey(event.key);
    if (!action) return;
    event.preventDefault();
    action();
  });
  document.addEventListener('keyup', ({ key }) => {
    if (key.toLowerCase() === TALK_KEY) voice.release();
    drive.keyUp(key);
  });
  // The page gets no keyup event for a key that is released in another window.
  window.addEventListener('blur', () => voice.release());
}
