import { type Policy, PolicyError, portTransport, serve } from '@praxis/core';
import type { ThingDetector, VocabularyExtension } from '@praxis/policy';
import { oneLine, type PolicyIdentity, type PolicyService } from '../protocol/protocol.ts';

/** A policy and its vocabulary. */
export interface HostedPolicy {
  readonly policy: Policy;
  /** Words and instructions that the policy adds to the vocabulary. */
  readonly extension: VocabularyExtension;
  readonly identity: PolicyIdentity;
  /** Tasks that the policy was trained for. Default: it does not say. */
  readonly tasks?: readonly string[];
  /** Loads what finds things in pictures; undefined where the policy has none. Default: it has none. */
  readonly openDetector?: () => Promise<ThingDetector | undefined>;
}

/** Shortens an error to the one line that the page displays. */
const asPolicyError = (error: unknown): PolicyError => new PolicyError(oneLine(error), { cause: error });

/**
 * Serves a policy to a {@link RemotePolicy} at the other end of the port. Calls run in order, one at a time.
 * @param opening the policy; when it rejects, `RemotePolicy.open` rejects with the same line
 */
export function hostPolicy(opening: HostedPolicy | Promise<HostedPolicy>, port: MessagePort): void {
  serve<PolicyService>(portTransport(port), async () => {
    const { policy, extension, identity, tasks, openDetector } = await Promise.resolve(opening).catch(
      (error: unknown) => {
        throw asPolicyError(error);
      },
    );
    let detector: ThingDetector | undefined;
    return {
      info: { spec: policy.spec, extension, identity, tasks },
      methods: {
        async openDetector() {
          detector ??= await openDetector?.().catch((error: unknown) => {
            throw asPolicyError(error);
          });
          return detector?.cameras;
        },
        async detect({ camera, picture }) {
          if (!detector) throw new PolicyError('policy worker: call openDetector before a detection');
          return detector.find(camera, picture);
        },
        async infer(observation) {
          const start = performance.now();
          try {
            const chunk = await policy.infer(observation);
            return { chunk, inferenceMs: performance.now() - start };
          } catch (error) {
            throw asPolicyError(error);
          }
        },
        reset: () => policy.reset(),
      },
    };
  });
}
