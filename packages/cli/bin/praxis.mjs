#!/usr/bin/env node
// The packages export TypeScript sources: tsx lets Node import them, so nothing has to be built before the first command.
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/main.ts');
await main(process.argv);
