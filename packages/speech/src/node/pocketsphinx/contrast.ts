/** What holds in a quiet room, and in noise. */
export interface ByContrast {
  readonly clear: number;
  readonly noisy: number;
}

/**
 * In between it is in between.
 * @param at the contrasts of the two (dB)
 */
export function byContrast({ clear, noisy }: ByContrast, contrast: number, at: ByContrast): number {
  const share = (contrast - at.noisy) / (at.clear - at.noisy);
  return noisy + (clear - noisy) * Math.min(1, Math.max(0, share));
}
