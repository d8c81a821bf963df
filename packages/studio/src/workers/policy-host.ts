import type { Policy } from '@praxis/core';
import type { Extension } from '@praxis/policy';
import { oneLine, type PolicyReply, type PolicyRequest } from '../protocol/protocol.ts';

/**
 * Answers a {@link RemotePolicy} at the other end of the port. Requests are answered in order, one at a time.
 * @param extension what the policy knows: words that people may use besides
 */
export function hostPolicy(policy: Policy, extension: Extension, port: MessagePort): void {
  const send = (reply: PolicyReply): void => port.postMessage(reply);
  const answer = async (request: PolicyRequest): Promise<void> => {
    if (request.kind === 'reset') {
      policy.reset();
      return;
    }
    const { id, observation } = request;
    try {
      const start = performance.now();
      const chunk = await policy.infer(observation);
      send({ kind: 'chunk', id, chunk, milliseconds: performance.now() - start });
    } catch (error) {
      send({ kind: 'error', id, message: oneLine(error) });
    }
  };
  let last = Promise.resolve();
  port.onmessage = ({ data }: MessageEvent<PolicyRequest>) => {
    last = last.then(() => answer(data));
  };
  send({ kind: 'spec', spec: policy.spec, extension });
}
