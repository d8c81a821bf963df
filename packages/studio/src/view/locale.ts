/**
 * Chromium in the C locale calls its language `en-US@posix`, which Intl does not take, and uPlot asks Intl as soon as it
 * is imported: without this the whole page would stay empty there. Imported before uPlot for its effect.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
