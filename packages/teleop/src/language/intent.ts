/** Of the base (REP-103: x forward, y left, z up) or of the tool (z to where the fingers point, x up in the wrist's image). */
export type Frame = 'base' | 'tool';
export type Axis = 'x' | 'y' | 'z';

/** What a question asks for. */
export const TOPICS = ['view', 'activity', 'force', 'position', 'gripper', 'speed', 'commands'] as const;
export type Topic = (typeof TOPICS)[number];

/** What one utterance wants. SI units. */
export type Intent =
  /** Protective stop, at once. */
  | { readonly kind: 'stop'; readonly word: string }
  /** Stay where you are; also the answer no. */
  | { readonly kind: 'hold' }
  /** Go on; also the answer yes. */
  | { readonly kind: 'continue' }
  /** Along an axis, signed (m). With `until: 'told'` it goes on in that direction and `metres` is only its sign, 1 or -1. */
  | {
      readonly kind: 'move';
      readonly frame: Frame;
      readonly axis: Axis;
      readonly metres: number;
      readonly until?: 'told';
    }
  /** About an axis of the tool, right-handed: clockwise as seen along the axis is positive (rad). */
  | { readonly kind: 'rotate'; readonly axis: Axis; readonly radians: number }
  /** To a distance between the fingers (m), or all the way. */
  | { readonly kind: 'gripper'; readonly width_m: number }
  | { readonly kind: 'gripper'; readonly action: 'open' | 'close'; readonly manner?: 'gently' | 'firmly' }
  /** Factor on full speed, or on the speed that holds now. */
  | { readonly kind: 'speed'; readonly factor: number; readonly of: 'full' | 'current' }
  | { readonly kind: 'home' }
  /** Back to before the last motion. */
  | { readonly kind: 'undo' }
  | { readonly kind: 'repeat' }
  /** For the policy. A correction has the last instruction's other words merged in when that is known. */
  | { readonly kind: 'instruct'; readonly text: string; readonly corrects?: 'last' }
  | { readonly kind: 'ask'; readonly about: Topic }
  | { readonly kind: 'unknown'; readonly text: string };

export type IntentKind = Intent['kind'];
