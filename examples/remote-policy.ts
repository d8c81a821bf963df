/**
 * Connects to the server of a policy and prints what the policy needs and gives:
 *
 *   npx praxis serve
 *   npx praxis run examples/remote-policy.ts ws://127.0.0.1:8000
 */
import { openRemotePolicy } from '@praxis/policy/node';

const [address = 'ws://127.0.0.1:8000'] = process.argv.slice(2);
const policy = await openRemotePolicy(address);
const { name, inputs, horizon, actionPeriod } = policy.spec;
console.log(`${name}: ${horizon} actions, one every ${actionPeriod} s, from`);
for (const input of inputs) console.log(`  ${input.name}  ${input.dtype} [${input.shape}] at ${input.rateHz} Hz`);
await policy.close();
