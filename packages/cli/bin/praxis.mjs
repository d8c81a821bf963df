#!/usr/bin/env node
// A checkout runs from its sources, so that nothing has to be built before the first command; an installed package has none.
import { existsSync } from 'node:fs';

const source = new URL('../src/main.ts', import.meta.url);
const inCheckout = existsSync(source);
if (inCheckout) await import('../../core/source-loader.mjs');
const { main } = await import(inCheckout ? source : '../dist/main.js');
await main(process.argv);
