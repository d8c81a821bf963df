/** Frame of a motion: the base (REP-103: x forward, y left, z up) or the tool (z along the fingers, x up in the wrist's image). */
export type Frame = 'base' | 'tool';
/** Axis of a {@link Frame}. */
export type Axis = 'x' | 'y' | 'z';

/** The topics of questions. */
export const TOPICS = ['view', 'activity', 'force', 'position', 'gripper', 'speed', 'commands'] as const;
/** Topic of a question, see {@link TOPICS}. */
export type Topic = (typeof TOPICS)[number];

/** The meaning of one utterance. SI units. */
export type Intent =
  /** Protective stop, at once; `word` is the stop word. */
  | { readonly kind: 'stop'; readonly word: string }
  /** End the motion and stay in place; also the answer no. */
  | { readonly kind: 'hold' }
  /** Continue; also the answer yes. */
  | { readonly kind: 'continue' }
  /** A step along an axis, signed (m). With `until: 'stopped'` the motion is continuous and `metres` is only its sign, 1 or -1. */
  | {
      readonly kind: 'move';
      readonly frame: Frame;
      readonly axis: Axis;
      readonly metres: number;
      readonly until?: 'stopped';
    }
  /** A rotation about an axis of the tool (rad), right-handed: clockwise as seen along the axis is positive. */
  | { readonly kind: 'rotate'; readonly axis: Axis; readonly radians: number }
  /** Open or close the fingers to a distance (m). */
  | { readonly kind: 'gripper'; readonly width_m: number }
  /** Open or close the fingers to a share of the gripper's widest opening: 0 is closed, 1 is open. */
  | { readonly kind: 'gripper'; readonly opening: number }
  /** Open or close the fingers fully. */
  | { readonly kind: 'gripper'; readonly action: 'open' | 'close'; readonly manner?: 'gently' | 'firmly' }
  /** A factor on full speed or on the present speed. */
  | { readonly kind: 'speed'; readonly factor: number; readonly of: 'full' | 'current' }
  /** Move to the home pose. */
  | { readonly kind: 'home' }
  /** Return to the pose before the last motion. */
  | { readonly kind: 'undo' }
  /** Repeat the last motion. */
  | { readonly kind: 'repeat' }
  /** An instruction for the policy. In a correction the other words come from the last instruction, when that is known. */
  | { readonly kind: 'instruct'; readonly text: string; readonly corrects?: 'last' }
  /** A question. */
  | { readonly kind: 'ask'; readonly about: Topic }
  /** A text that is not a command. `unknownWord` is the object of a task that nobody has taught, "banana". */
  | { readonly kind: 'unknown'; readonly text: string; readonly unknownWord?: string };

/** Name of an {@link Intent}. */
export type IntentKind = Intent['kind'];
