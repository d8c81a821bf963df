import { RemotePolicy } from '../remote/remote-policy.ts';
import { openNodeSocket } from './node-socket.ts';
import { readWireSpec } from './wire-spec-file.ts';

/** Variable of the environment with the token of a server, which a command line and a report would show. */
export const POLICY_TOKEN_VARIABLE = 'PRAXIS_POLICY_TOKEN';

/** Options of {@link openRemotePolicy}. */
export interface RemotePolicyFileOptions {
  /** File that says what goes over the wire. Default: the server says it, as `praxis serve` does. */
  readonly specFile?: string;
  /** Token of the server. Default: the variable PRAXIS_POLICY_TOKEN; none where it is not set. */
  readonly token?: string;
}

/**
 * Connects to a policy's server, with the token of the environment.
 * @param address `ws://host:port` or `wss://host:port`
 * @throws as `RemotePolicy.open` and {@link readWireSpec}
 */
export function openRemotePolicy(address: string, options: RemotePolicyFileOptions = {}): Promise<RemotePolicy> {
  const { specFile, token = process.env[POLICY_TOKEN_VARIABLE] || undefined } = options;
  const spec = specFile === undefined ? undefined : readWireSpec(specFile);
  return RemotePolicy.open(address, { spec, token, openSocket: openNodeSocket });
}
