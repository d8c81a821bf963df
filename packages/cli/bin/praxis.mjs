#!/usr/bin/env node
// A checkout runs from its sources, so that nothing has to be built before the first command; an installed package has none.
import { existsSync } from 'node:fs';

const start = new URL('../checkout/start.mjs', import.meta.url);
const { main } = existsSync(start) ? await (await import(start)).importMain() : await import('../dist/main.js');
await main(process.argv);
