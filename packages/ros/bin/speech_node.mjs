#!/usr/bin/env node
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/nodes/speech/main.ts');
await main();
