import { type Policy, PolicyError, portTransport, serve } from '@praxis/core';
import type { VocabularyExtension } from '@praxis/policy';
import { oneLine, type PolicyService } from '../protocol/protocol.ts';

export interface HostedPolicy {
  readonly policy: Policy;
  /** What the policy knows: words that people may use besides. */
  readonly extension: VocabularyExtension;
}

/** As one line, which is all that a page shows. */
const asPolicyError = (error: unknown): PolicyError => new PolicyError(oneLine(error), { cause: error });

/**
 * Answers a {@link RemotePolicy} at the other end of the port. Calls are answered in order, one at a time.
 * @param opening what it rejects with is what opens a remote policy rejects with
 */
export function hostPolicy(opening: HostedPolicy | Promise<HostedPolicy>, port: MessagePort): void {
  serve<PolicyService>(portTransport(port), async () => {
    const { policy, extension } = await Promise.resolve(opening).catch((error: unknown) => {
      throw asPolicyError(error);
    });
    return {
      info: { spec: policy.spec, extension },
      methods: {
        async infer(observation) {
          const start = performance.now();
          try {
            const chunk = await policy.infer(observation);
            return { chunk, milliseconds: performance.now() - start };
          } catch (error) {
            throw asPolicyError(error);
          }
        },
        reset: () => policy.reset(),
      },
    };
  });
}
