import { InputError, type Policy, type PortLike, portTransport, serve } from '@praxis/core';
import { isPolicy, type PolicyEntry } from '@praxis/evaluation/config';
import { loadPolicy, type OnnxPolicy, type VocabularyExtension, vocabularyExtension } from '@praxis/policy';
import { webBackend } from '@praxis/policy/web';
import type { PolicySetup, PolicyWorkerService } from '../protocol/protocol.ts';
import { importConfig } from './import-config.ts';
import { type HostedPolicy, hostPolicy } from './policy-host.ts';

async function read(modelUrl: string, file: string): Promise<Uint8Array> {
  const response = await fetch(`${modelUrl}/${file}`);
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function loadFolder(modelUrl: string): Promise<OnnxPolicy> {
  // The check of the files' digests needs Web Crypto, which browsers allow only in secure contexts.
  if (!isSecureContext) throw new InputError('expected a page from localhost or https');
  return loadPolicy({
    where: new URL(modelUrl).pathname,
    backend: webBackend(),
    read: (file) => read(modelUrl, file),
  });
}

const NO_WORDS: VocabularyExtension = { words: [], instructions: [] };

const loadWithWords = async (modelUrl: string): Promise<HostedPolicy> => {
  const policy = await loadFolder(modelUrl);
  return { policy, extension: vocabularyExtension(policy.manifest) };
};

/** Opens a policy of the configuration: a folder by its address, or what its code makes. */
async function open({ modelUrl, configUrl, policy: name }: PolicySetup): Promise<HostedPolicy> {
  if (name === undefined) return loadWithWords(modelUrl);
  const { policies = {} } = (await importConfig(configUrl)).config;
  if (!Object.hasOwn(policies, name)) {
    throw new InputError(`policy ${name}: expected one of ${Object.keys(policies).join(', ') || 'none'}`);
  }
  const entry: PolicyEntry = policies[name];
  if (typeof entry === 'string') return loadWithWords(new URL(entry, configUrl).href);
  const policy: Policy = typeof entry === 'function' ? await entry() : entry;
  if (!isPolicy(policy)) throw new InputError(`policy ${name}: expected a Policy, or a function that returns one`);
  return { policy, extension: NO_WORDS };
}

serve<PolicyWorkerService>(portTransport(self as unknown as PortLike), () => ({
  methods: {
    async open(setup) {
      const opening = open(setup);
      hostPolicy(opening, setup.port);
      const { policy, extension } = await opening;
      const { name, inputs } = policy.spec;
      return { name, modalities: [...new Set(inputs.map(({ modality }) => modality))], extension };
    },
  },
}));
