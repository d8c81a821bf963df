import type { CreateUnitClass } from './unit-class.ts';

/**
 * Loads the file that defines mathjs's units and its few imports. The public entry points of mathjs that have units load over a
 * thousand files, which takes 0.8 s of processor time. mathjs does not promise the place of the file, so the whole is the fallback.
 */
async function importUnitClass(): Promise<{ readonly createUnitClass: CreateUnitClass }> {
  try {
    const file = new URL('./type/unit/Unit.js', import.meta.resolve('mathjs'));
    return await import(/* @vite-ignore */ file.href);
  } catch {
    return (await import('mathjs')) as unknown as { readonly createUnitClass: CreateUnitClass };
  }
}

/** Makes mathjs's class of units; takes the place of `unit-class.ts` in Node. */
export const { createUnitClass } = await importUnitClass();
