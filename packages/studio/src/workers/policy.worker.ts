import { InputError } from '@praxis/core';
import { extensionOf, loadPolicy } from '@praxis/policy';
import { webBackend } from '@praxis/policy/web';
import { type FromPolicyWorker, oneLine, type PolicyReply, type ToPolicyWorker } from '../protocol/protocol.ts';
import { hostPolicy } from './policy-host.ts';

const tell = (message: FromPolicyWorker): void => self.postMessage(message);

async function read(modelUrl: string, file: string): Promise<Uint8Array> {
  const response = await fetch(`${modelUrl}/${file}`);
  if (!response.ok) throw new Error(`the server answers ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

async function open({ modelUrl, port }: ToPolicyWorker): Promise<void> {
  try {
    // Its digests need what browsers give to such pages only.
    if (!isSecureContext) throw new InputError('expected a page from localhost or https');
    const policy = await loadPolicy({
      where: new URL(modelUrl).pathname,
      backend: webBackend(),
      read: (file) => read(modelUrl, file),
    });
    const extension = extensionOf(policy.manifest);
    hostPolicy(policy, extension, port);
    tell({ kind: 'ready', name: policy.spec.name, tasks: policy.manifest.tasks, extension });
  } catch (error) {
    const message = oneLine(error);
    port.postMessage({ kind: 'failed', message } satisfies PolicyReply);
    tell({ kind: 'error', message });
  }
}

self.onmessage = ({ data }: MessageEvent<ToPolicyWorker>) => {
  void open(data);
};
