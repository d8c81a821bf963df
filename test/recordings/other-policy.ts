import type { Policy } from '@praxis/core';
import { StreamsPolicy } from './streams-policy.ts';

/** The policy of `streams-policy.ts` with another gain, as after a change of its weights. */
export default (): Policy => new StreamsPolicy(0.0005 * (1 + 1e-12));
