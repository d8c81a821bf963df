/** Meaning of one dimension of a tensor. */
export type Axis = 'batch' | 'step' | 'channel' | 'height' | 'width' | 'element';

/** Sizes of the dimensions that a tensor has, by their meaning. `batch` is always 1. */
export type AxisSizes = Readonly<Partial<Record<Axis, number>>>;

/** Shape and strides of a tensor whose dimensions have names. */
export interface AxisLayout {
  readonly shape: readonly number[];
  /** Numbers from one index of the dimension to the next, in row-major order; 0 for a dimension that the tensor lacks. */
  readonly stride: Readonly<Record<Axis, number>>;
  /** Numbers of the whole tensor. */
  readonly size: number;
}

/** Lays out a tensor in row-major order. @param axes its dimensions, outermost first; each has a size, or is the batch */
export function layoutOf(axes: readonly Axis[], sizes: AxisSizes): AxisLayout {
  const shape = axes.map((axis) => (axis === 'batch' ? 1 : (sizes[axis] ?? 1)));
  const stride: Record<Axis, number> = { batch: 0, step: 0, channel: 0, height: 0, width: 0, element: 0 };
  let size = 1;
  for (let i = axes.length - 1; i >= 0; i--) {
    stride[axes[i]] = size;
    size *= shape[i];
  }
  return { shape, stride, size };
}

/** Number of elements of a tensor of this shape; 1 without dimensions. */
export const elementCount = (shape: readonly number[]): number => shape.reduce((product, each) => product * each, 1);

/** Dimensions of a tensor that does not say any: the batch, the steps where there are several, and its own. */
export const defaultAxes = (own: readonly Axis[], steps: number): readonly Axis[] =>
  steps > 1 ? ['batch', 'step', ...own] : ['batch', ...own];
