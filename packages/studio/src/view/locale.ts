/**
 * Replaces a browser language that Intl rejects. Chromium in the C locale reports `en-US@posix`, uPlot passes it to Intl on
 * import, and the error would leave the page empty. Import this module before uPlot.
 */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en-US' });
}
