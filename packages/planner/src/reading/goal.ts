/** What an instruction says of the thing that it means, and of what to do with it. A field is absent where the words leave it open. */
export interface Description {
  readonly kind?: string;
  readonly colour?: string;
  readonly weight?: 'heavy' | 'light';
  /** Side of the tray to put it on. */
  readonly side?: 'left' | 'right';
  /** How hard to press on it. */
  readonly manner?: 'gently' | 'firmly';
}

/** One description that has everything that the two say; undefined where they contradict each other. */
export function joinDescriptions(a: Description, b: Description): Description | undefined {
  const joined: Record<string, string> = {};
  for (const [name, value] of [...Object.entries(a), ...Object.entries(b)]) {
    if (value === undefined) continue;
    if (joined[name] !== undefined && joined[name] !== value) return undefined;
    joined[name] = value;
  }
  return joined;
}
