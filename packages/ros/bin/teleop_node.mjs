#!/usr/bin/env node
import { register } from 'tsx/esm/api';

register();
const { main } = await import('../src/nodes/teleop/main.ts');
await main();
