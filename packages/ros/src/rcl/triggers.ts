import { errorMessage } from '@praxis/core';
import type { RosSession } from './session.ts';
import type { RclClient } from './types.ts';

/**
 * Offers services of type std_srvs/srv/Trigger in the node's private namespace. What an act returns is the message of a success;
 * what it throws, that of a failure.
 */
export function offerTriggers(
  { node }: RosSession,
  acts: Readonly<Record<string, () => string | Promise<string>>>,
): void {
  for (const [name, act] of Object.entries(acts)) {
    node.createService('std_srvs/srv/Trigger', `~/${name}`, (_request, response) => {
      void outcome(act).then(([success, message]) => response.send({ success, message }));
    });
  }
}

async function outcome(act: () => string | Promise<string>): Promise<[success: boolean, message: string]> {
  try {
    return [true, await act()];
  } catch (error) {
    return [false, errorMessage(error)];
  }
}

/** s that a service may take to answer. */
const PATIENCE = 1;

/** Asks a service of type std_srvs/srv/Trigger of another node, as often as wanted. */
export class ServerTransport {
  readonly #client: RclClient;
  readonly #name: string;
  readonly #log: RosSession['log'];

  constructor({ node, log, onClose }: RosSession, name: string) {
    this.#name = name;
    this.#log = log;
    this.#client = node.createClient('std_srvs/srv/Trigger', name);
    onClose(() => node.destroyClient(this.#client));
  }

  /** Sends the request at once; when nobody answers or the answer is no, that is an error in the log. */
  ask(): void {
    const timer = setTimeout(() => this.#log.error(`${this.#name}: no answer within ${PATIENCE} s`), 1000 * PATIENCE);
    this.#client.sendRequest({}, ({ success, message }) => {
      clearTimeout(timer);
      if (!success) this.#log.error(`${this.#name}: ${message}`);
    });
  }
}
