import type { Controls } from './controls.ts';
import { element } from './elements.ts';

/** Fields and buttons keep their own keys. */
const hasOwnKeys = (target: EventTarget | null, key: string): boolean => {
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' || key === ' ';
  return (
    target instanceof HTMLSelectElement || (target instanceof HTMLButtonElement && (key === ' ' || key === 'Enter'))
  );
};

/** Space, `.`, R, N, H, S, 1 2 3 and `/`, wherever the focus is, except in a field. */
export function listenForShortcuts(controls: Controls): void {
  const actions: Readonly<Record<string, () => void>> = {
    ' ': () => element('play', HTMLButtonElement).click(),
    '.': () => element('step', HTMLButtonElement).click(),
    r: () => controls.reload(),
    n: () => controls.nextSeed(),
    h: () => element('hold', HTMLButtonElement).click(),
    s: () => element('stop', HTMLButtonElement).click(),
    '1': () => controls.toggleSense(0),
    '2': () => controls.toggleSense(1),
    '3': () => controls.toggleSense(2),
    '/': () => controls.talk(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || hasOwnKeys(event.target, event.key)) return;
    const action = actions[event.key.toLowerCase()];
    if (!action) return;
    event.preventDefault();
    action();
  });
}
