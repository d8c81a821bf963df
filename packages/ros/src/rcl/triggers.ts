import { errorMessage } from '@praxis/core';
import type { RosSession } from './session.ts';
import type { RclClient } from './types.ts';

/**
 * Offers services of type `std_srvs/srv/Trigger` in the node's private namespace.
 * @param handlers by service name: a returned text is the message of a success, an error that of a failure
 */
export function offerTriggers(
  { node }: RosSession,
  handlers: Readonly<Record<string, () => string | Promise<string>>>,
): void {
  for (const [name, handler] of Object.entries(handlers)) {
    node.createService('std_srvs/srv/Trigger', `~/${name}`, (_request, response) => {
      void responseOf(handler).then(([success, message]) => response.send({ success, message }));
    });
  }
}

async function responseOf(handler: () => string | Promise<string>): Promise<[success: boolean, message: string]> {
  try {
    return [true, await handler()];
  } catch (error) {
    return [false, errorMessage(error)];
  }
}

/** A service that has not answered after this time (s) is reported in the log. */
const RESPONSE_TIMEOUT_S = 1;

/** Client of another node's service of type `std_srvs/srv/Trigger`. */
export class TriggerClient {
  readonly #client: RclClient;
  readonly #name: string;
  readonly #log: RosSession['log'];

  constructor({ node, log, onClose }: RosSession, name: string) {
    this.#name = name;
    this.#log = log;
    this.#client = node.createClient('std_srvs/srv/Trigger', name);
    onClose(() => node.destroyClient(this.#client));
  }

  /** Sends the request without waiting for the response. A failure or a missing response is an error in the log. */
  call(): void {
    const timer = setTimeout(
      () => this.#log.error(`${this.#name}: no response within ${RESPONSE_TIMEOUT_S} s`),
      1000 * RESPONSE_TIMEOUT_S,
    );
    this.#client.sendRequest({}, ({ success, message }) => {
      clearTimeout(timer);
      if (!success) this.#log.error(`${this.#name}: ${message}`);
    });
  }
}
