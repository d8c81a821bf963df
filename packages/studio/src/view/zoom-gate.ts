/** Time (ms) for which the hint stays marked after a wheel that did not zoom. */
const HINT_MS = 1500;

/**
 * Lets the wheel scroll the page over the view. It zooms only with Ctrl (or Command) held, or while the view has the focus, as
 * after a click into it. Call this before other listeners for the wheel are added.
 * @param hint text that says so; it is marked when a wheel did not zoom
 */
export function gateZoom(view: HTMLElement, hint: HTMLElement): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  view.addEventListener('pointerdown', () => view.focus({ preventScroll: true }));
  view.addEventListener(
    'wheel',
    (event) => {
      if (event.ctrlKey || event.metaKey || document.activeElement === view) return;
      event.stopImmediatePropagation();
      hint.dataset.refused = '';
      clearTimeout(timer);
      timer = setTimeout(() => delete hint.dataset.refused, HINT_MS);
    },
    { capture: true, passive: true },
  );
}
