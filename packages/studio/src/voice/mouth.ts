/** What can say things aloud; a new sentence ends the one before. */
export interface Mouth {
  /** @param began when the sound begins @param ended when it is over, once after `began` */
  say(text: string, began: () => void, ended: () => void): void;
  close(): void;
}
