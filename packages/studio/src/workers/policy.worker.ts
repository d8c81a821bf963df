import { InputError, type PortLike, portTransport, serve } from '@praxis/core';
import { loadPolicy, type OnnxPolicy, vocabularyExtension } from '@praxis/policy';
import { webBackend } from '@praxis/policy/web';
import type { PolicyWorkerService } from '../protocol/protocol.ts';
import { hostPolicy } from './policy-host.ts';

async function read(modelUrl: string, file: string): Promise<Uint8Array> {
  const response = await fetch(`${modelUrl}/${file}`);
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function load(modelUrl: string): Promise<OnnxPolicy> {
  // The check of the files' digests needs Web Crypto, which browsers allow only in secure contexts.
  if (!isSecureContext) throw new InputError('expected a page from localhost or https');
  return loadPolicy({
    where: new URL(modelUrl).pathname,
    backend: webBackend(),
    read: (file) => read(modelUrl, file),
  });
}

serve<PolicyWorkerService>(portTransport(self as unknown as PortLike), () => ({
  methods: {
    async open({ modelUrl, port }) {
      const opening = load(modelUrl).then((policy) => ({ policy, extension: vocabularyExtension(policy.manifest) }));
      hostPolicy(opening, port);
      const { policy, extension } = await opening;
      return { name: policy.spec.name, tasks: policy.manifest.tasks, extension };
    },
  },
}));
