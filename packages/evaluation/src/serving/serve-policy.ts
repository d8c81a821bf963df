import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import { InputError, type Policy } from '@praxis/core';
import { POLICY_TOKEN_VARIABLE, PolicyServer, RecordedPolicy, ReplayPolicy, readInputFile } from '@praxis/policy/node';
import { ScriptedPolicy } from '@praxis/policy/remote';
import type { BridgeServer } from '../bridge/server/bridge-server.ts';
import { openPolicy, policySource } from '../project/policy-source.ts';
import type { Project } from '../project/project.ts';

/** Value of `--policy` that serves recorded or scripted actions. */
const RECORDING = 'recording';

/** A page that shares the port of a policy server. */
export interface SharedPage {
  /** Answers requests for its files. */
  readonly answer: RequestListener;
  /** Takes an upgrade of its own, and then returns true. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
}

/** Options of {@link servePolicy}. */
export interface ServeOptions {
  /** The policy, as `policySource` resolves it, or `recording`. Default: the shipped policy. */
  readonly policy?: string;
  readonly project: Project;
  /** Interface. Default: 127.0.0.1. */
  readonly host?: string;
  /** Port; 0 chooses a free one. Default: 8000. */
  readonly port?: number;
  /** Token that clients must send. Default: the variable PRAXIS_POLICY_TOKEN; none where it is not set. */
  readonly token?: string;
  /** Files (PEM) of a certificate and its key, for `wss://`. Default: `ws://`. */
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  /** Largest number of connections at a time. Default: 8. */
  readonly connections?: number;
  /** File into which the actions that are given are written, with one connection at a time. Default: none. */
  readonly record?: string;
  /** File whose actions `recording` gives. Default: a scripted circle. */
  readonly recording?: string;
  /** Bridge that shares the port. Default: none. */
  readonly bridge?: BridgeServer;
  /** Page that shares the port. It admits its requests itself. Default: none. */
  readonly page?: SharedPage;
  /** Remarks in one line each. Default: none. */
  readonly onNote?: (line: string) => void;
}

/**
 * Serves a policy by openpi's websocket protocol until the server is closed.
 * @throws {InputError} for options that do not fit together, an interface without a token, or a port that is taken; {PolicyError} when
 *   the policy does not load
 */
export async function servePolicy(options: ServeOptions): Promise<PolicyServer> {
  const { host, port, onNote, record, connections, tlsCert, tlsKey } = options;
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw new InputError('--tls-cert and --tls-key: expected both or none');
  const tls =
    tlsCert !== undefined && tlsKey !== undefined
      ? { cert: readInputFile(tlsCert, 'a certificate'), key: readInputFile(tlsKey, 'a key') }
      : undefined;
  const token = options.token ?? (process.env[POLICY_TOKEN_VARIABLE] || undefined);
  const open = policyOpener(options);
  const { bridge, page } = options;
  return PolicyServer.listen({
    ...{ host, port, token, tls, onNote },
    upgradeOther: (...upgrade) => (bridge?.upgradeOwn(...upgrade) || page?.upgrade(...upgrade)) ?? false,
    answerOther: page?.answer,
    // The answers to several clients would be mixed in one file.
    maximumConnections: record === undefined ? connections : 1,
    open: record === undefined ? open : async () => new RecordedPolicy(await open(), record),
  });
}

function policyOpener({ policy, project, recording }: ServeOptions): () => Promise<Policy> {
  if (policy === RECORDING)
    return async () => (recording === undefined ? new ScriptedPolicy() : new ReplayPolicy(recording));
  if (recording !== undefined) throw new InputError(`--recording ${recording}: expected --policy recording with it`);
  const source = policySource(policy, project);
  return async () => {
    const opened = await openPolicy(source);
    if (opened === 'expert') throw new InputError("--policy expert: it needs the simulator's state, expected a policy");
    return opened;
  };
}
