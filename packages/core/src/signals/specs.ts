/** Specs first: what a robot publishes and takes, and what a policy needs and gives, in the same terms. */

export type Dtype = 'uint8' | 'int64' | 'float32' | 'float64' | 'string';

/** What a signal is to fusion. A modality is masked, cached and gated as one. Open set: a new sensor brings its own name. */
export type Modality = 'vision' | 'wrench' | 'language' | 'joints' | (string & {});

/** One named signal. */
export interface SignalSpec {
  readonly name: string;
  readonly modality: Modality;
  readonly dtype: Dtype;
  /** Dimensions of one sample; `[]` for a scalar or a string. */
  readonly shape: readonly number[];
  /** SI unit as mathjs writes it ('N', 'rad', 'm'), '1' for none, 'rgb8' for images. One unit, or one for each element. */
  readonly unit: string | readonly string[];
  /** Coordinate frame (a link of the URDF), '' where it has no meaning. */
  readonly frame: string;
  /** Nominal rate (Hz); 0 for events such as spoken instructions. */
  readonly rateHz: number;
  /** Names of the elements along the last dimension: joints bind by name, never by index. */
  readonly names?: readonly string[];
}

/** What a robot is, before any data flows. */
export interface RobotSpec {
  readonly name: string;
  readonly streams: readonly SignalSpec[];
  readonly commands: readonly SignalSpec[];
}
