import { InputError, type Policy, type PortLike, portTransport, serve } from '@praxis/core';
import { isPolicy, type PolicyEntry } from '@praxis/evaluation/config';
import {
  loadPolicy,
  loadThingDetector,
  type PolicySource,
  type VocabularyExtension,
  vocabularyExtension,
} from '@praxis/policy';
import { webBackend } from '@praxis/policy/web';
import {
  isServerAddress,
  type PolicyIdentity,
  type PolicySetup,
  type PolicyWorkerService,
} from '../protocol/protocol.ts';
import { CountedReader } from './counted-read.ts';
import { importConfig } from './import-config.ts';
import { type HostedPolicy, hostPolicy } from './policy-host.ts';
import { sha256, UNKNOWN_DIGEST } from './recording/sha256.ts';

type Read = (url: string) => Promise<Uint8Array>;

/** File of a policy's folder with the digests of the others. */
const MANIFEST = 'manifest.json';
/** Path of the shipped policy. */
const SHIPPED = '/models/default';

/** A policy of a folder, with its words and its detection, which is loaded when a plan first needs it. @param name its name in the configuration */
async function loadFolder(modelUrl: string, read: Read, name?: string): Promise<HostedPolicy> {
  // The check of the files' digests needs Web Crypto, which browsers allow only in secure contexts.
  if (!isSecureContext) throw new InputError('expected a page from localhost or https');
  const source = (readFile: Read): PolicySource => ({
    where: new URL(modelUrl).pathname,
    backend: webBackend(),
    read: (file) => readFile(`${modelUrl}/${file}`),
  });
  let digest = UNKNOWN_DIGEST;
  const policy = await loadPolicy(
    source(async (url) => {
      const content = await read(url);
      if (url.endsWith(`/${MANIFEST}`)) digest = await sha256(content);
      return content;
    }),
  );
  const { manifest } = policy;
  const { pathname } = new URL(modelUrl);
  const path = pathname === SHIPPED ? undefined : pathname.slice(1);
  // The page displays no progress any more.
  const later = new CountedReader(() => {});
  return {
    policy,
    extension: vocabularyExtension(manifest),
    identity: { source: name ?? path, sha256: digest },
    tasks: manifest.tasks,
    openDetector: () =>
      loadThingDetector(
        manifest,
        source((url) => later.read(url)),
      ),
  };
}

/** A policy without a manifest. */
const identityOf = (source: string): PolicyIdentity => ({ source, sha256: UNKNOWN_DIGEST });

const NO_WORDS: VocabularyExtension = { words: [], instructions: [] };

/** Longest time from an observation to the answer of a server (s). The page stands still while it waits, and the arm holds after it. */
const ANSWER_TIMEOUT_S = 3;

/** Connects to a server of openpi's protocol. Its words are not known, so its texts come from the task and from the user. */
async function connect(address: string): Promise<HostedPolicy> {
  const { RemotePolicy } = await import('@praxis/policy/remote');
  const policy = await RemotePolicy.open(address, { answerTimeoutS: ANSWER_TIMEOUT_S });
  return { policy, extension: NO_WORDS, identity: identityOf(address) };
}

/** Opens a policy of a server, or one of the configuration: a folder by its address, or what its code makes. */
async function open({ modelUrl, configUrl, policy: name }: PolicySetup, read: Read): Promise<HostedPolicy> {
  if (name === undefined) return loadFolder(modelUrl, read);
  if (isServerAddress(name)) return connect(name);
  const { policies = {} } = (await importConfig(configUrl)).config;
  if (!Object.hasOwn(policies, name)) {
    throw new InputError(`policy ${name}: expected one of ${Object.keys(policies).join(', ') || 'none'}`);
  }
  const entry: PolicyEntry = policies[name];
  if (typeof entry === 'string') return loadFolder(new URL(entry, configUrl).href, read, name);
  const policy: Policy = typeof entry === 'function' ? await entry() : entry;
  if (!isPolicy(policy)) throw new InputError(`policy ${name}: expected a Policy, or a function that returns one`);
  return { policy, extension: NO_WORDS, identity: identityOf(name) };
}

serve<PolicyWorkerService>(portTransport(self as unknown as PortLike), (emit) => ({
  methods: {
    async open(setup) {
      const reader = new CountedReader((progress) => emit('progress', progress));
      const opening = open(setup, (url) => reader.read(url));
      hostPolicy(opening, setup.port);
      const { policy, extension } = await opening;
      const { name, inputs } = policy.spec;
      return { name, modalities: [...new Set(inputs.map(({ modality }) => modality))], extension };
    },
  },
}));
