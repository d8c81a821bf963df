/** What a check looks for. */
export const FINDING_KINDS = [
  'structure',
  'statistics',
  'gap',
  'stale',
  'jump',
  'saturation',
  'not finite',
  'dead camera',
  'duplicate',
  'language without motion',
  'no language',
  'short',
] as const;
/** One of the kinds of findings. */
export type FindingKind = (typeof FINDING_KINDS)[number];

/** One fault of a dataset. */
export interface Finding {
  readonly kind: FindingKind;
  /** Episode in which it is; undefined for the dataset as a whole. */
  readonly episode?: number;
  /** First frame of the episode at which it shows. */
  readonly frame?: number;
  /** What it is, with figures and names. */
  readonly message: string;
}

/** A finding as one line. */
export const findingText = ({ kind, episode, frame, message }: Finding): string => {
  const place = [
    ...(episode === undefined ? [] : [`episode ${episode}`]),
    ...(frame === undefined ? [] : [`frame ${frame}`]),
  ];
  return `${kind}: ${place.length > 0 ? `${place.join(' ')}: ` : ''}${message}`;
};
