const LIGHT = '(prefers-color-scheme: light)';

/** Value of a colour of style/theme.css in the theme of the system. @param name such as `--axis-x` */
export const themeColour = (name: `--${string}`): string =>
  getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Calls `draw` when the system changes between light and dark. */
export function onThemeChange(draw: () => void): void {
  matchMedia(LIGHT).addEventListener('change', draw);
}
