/** Port: the connection of one client. */
export interface BridgeSocket {
  /** Bytes that were handed over and have not left yet. */
  readonly bufferedAmount: number;
  send(frame: string | Uint8Array): void;
  /** Ends the connection. @param code status of RFC 6455 */
  close(code: number, reason: string): void;
}

/** The protocol of one connection. */
export interface BridgeSession {
  /**
   * Takes a frame of the client. Wrong frames are answered with a status; none throws.
   * @returns a promise for a frame that is not handled yet; its owner then reads no more of the connection until it resolves
   */
  receive(frame: string | Uint8Array): void | Promise<void>;
  /** Sends what waited for the client to read. */
  flush(): void;
  /** Ends the session after its connection has closed. */
  end(): void;
}
