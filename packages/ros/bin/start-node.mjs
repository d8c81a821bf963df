import { existsSync } from 'node:fs';

/** Runs the program of a node: from the sources in a checkout, from the build in an installed package. */
export async function startNode(name) {
  const source = new URL(`../src/nodes/${name}/main.ts`, import.meta.url);
  const inCheckout = existsSync(source);
  if (inCheckout) await import('../../core/source-loader.mjs');
  const { main } = await import(inCheckout ? source : `../dist/nodes/${name}/main.js`);
  await main();
}
