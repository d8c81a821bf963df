/** Port: decides which utterances are meant for the robot, for example those after a wake word. */
export interface AttentionGate {
  /**
   * @param text of the utterance, in lower case
   * @param start when the utterance began (s, of any clock that does not run backward)
   * @param end when it ended (s)
   * @returns `command` with the text that is left, `call` for the wake word alone, `nobody` when the robot is not meant
   */
  address(
    text: string,
    start: number,
    end?: number,
  ): { readonly kind: 'command'; readonly text: string } | { readonly kind: 'call' } | { readonly kind: 'nobody' };
}
