/**
 * Element type of a signal.
 * Specs of signals: a robot's streams and commands and a policy's inputs in the same terms.
 */
export type Dtype = 'uint8' | 'int64' | 'float32' | 'float64' | 'string';

/**
 * Kind of a signal for the policy. Inputs of one modality are masked, cached and weighted together. The set is open: a
 * new sensor adds its own name.
 */
export type Modality = 'vision' | 'wrench' | 'language' | 'joints' | (string & {});

/** Description of one named signal. */
export interface SignalSpec {
  readonly name: string;
  readonly modality: Modality;
  readonly dtype: Dtype;
  /** Dimensions of one sample; `[]` for a scalar or a string. */
  readonly shape: readonly number[];
  /**
   * SI unit in mathjs notation ('N', 'rad', 'm'), '1' for a dimensionless signal, 'rgb8' for an image. One unit for all
   * elements, or one for each.
   */
  readonly unit: string | readonly string[];
  /** Coordinate frame (a link of the URDF); '' for a signal without one. */
  readonly frame: string;
  /** Nominal rate (Hz); 0 for events such as instructions. */
  readonly rateHz: number;
  /** Names of the elements along the last dimension. Joints bind by name, never by index. */
  readonly names?: readonly string[];
}

/** Description of a robot: its streams and commands. */
export interface RobotSpec {
  readonly name: string;
  readonly streams: readonly SignalSpec[];
  readonly commands: readonly SignalSpec[];
  /** Least and greatest width of the gripper (m); absent for a robot without one. */
  readonly gripperRange?: readonly [minimum: number, maximum: number];
}

/** Unit of element `i` along the last dimension of a signal or an action. */
export const elementUnit = ({ unit }: Pick<SignalSpec, 'unit'>, i: number): string =>
  typeof unit === 'string' ? unit : unit[i];
