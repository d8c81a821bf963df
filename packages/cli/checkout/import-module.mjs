// Imports modules that are known only at run time, for code that runs in a bundle.
const BUNDLED = /\/node_modules\/\.cache\/praxis\//;

/**
 * Imports a module. A file outside the bundle is a user's module, a benchmark or a source: it may be in TypeScript and may import
 * the packages of Praxis, which the loader of the checkout finds.
 */
export async function importModule(specifier) {
  const url = String(specifier);
  if (url.startsWith('file:') && !BUNDLED.test(url)) await import('../../core/source-loader.mjs');
  return import(specifier);
}
