import type { ImageFrame } from '@praxis/core';
import { ImageTransform } from '../images/transform.ts';

/**
 * Scales an image into a frame with its proportions kept, and fills the borders with black, as openpi's `resize_with_pad` does with
 * Pillow's bilinear filter.
 * @param height,width size of the frame (pixels)
 */
export function resizeWithBorders(image: ImageFrame, height: number, width: number): ImageFrame {
  if (image.height === height && image.width === width) return image;
  const filter = { interpolation: 'bilinear', antialias: true, rounded: true } as const;
  const transform = new ImageTransform('image', [{ type: 'resize', height, width, fit: 'contain', ...filter }]);
  return { width, height, data: Uint8Array.from(transform.apply(image).data) };
}
