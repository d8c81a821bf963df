import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { execArgvOf, moduleBeside, processTransport, ServiceClient } from '../index.ts';
import type { Adder } from './adder.ts';

/** A program that kills an idle service, waits for its exit, and says so. */
const module = moduleBeside('./adder-service', import.meta.url);
const child = fork(fileURLToPath(module), [JSON.stringify({ start: 0 })], {
  execArgv: execArgvOf(module),
  serialization: 'advanced',
  stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
});
const client = await ServiceClient.open<Adder>(processTransport(child, { keepAlive: 'while busy' }));
client.kill();
console.log((await client.exited).signal);
