import type { XmlElement } from '../../xml/parse.ts';
import type { Rgba } from '../geometry/mesh.ts';
import { type ColladaDocument, childOf, numbersOf, referenced } from './document.ts';

const unit = (value: number): number => Math.max(0, Math.min(1, value));

/**
 * Opacity by `<transparent>` and `<transparency>` in the mode A_ONE. Other modes, and an opacity of 0, which exporters write for
 * opaque things, count as 1.
 */
function opacityOf(shader: XmlElement): number {
  const transparent = childOf(shader, 'transparent');
  if ((transparent?.attributes.get('opaque') ?? 'A_ONE') !== 'A_ONE') return 1;
  const color = childOf(transparent, 'color');
  const factor = childOf(childOf(shader, 'transparency'), 'float');
  const alpha = color ? (numbersOf(color)[3] ?? 1) : 1;
  return unit(alpha * (factor ? (numbersOf(factor)[0] ?? 1) : 1)) || 1;
}

/** Diffuse colour of a `<material>`; undefined where it has none, such as for a texture. */
export function diffuseColour(document: ColladaDocument, material: XmlElement): Rgba | undefined {
  const instance = childOf(material, 'instance_effect');
  const effect = instance && referenced(document, instance);
  const technique = childOf(childOf(effect, 'profile_COMMON'), 'technique');
  const shader = technique?.children.find(({ tag }) => ['phong', 'blinn', 'lambert', 'constant'].includes(tag));
  const color = childOf(childOf(shader, 'diffuse') ?? childOf(shader, 'emission'), 'color');
  if (!shader || !color) return undefined;
  const [r, g, b] = [...numbersOf(color)].map(unit);
  return [r ?? 0, g ?? 0, b ?? 0, opacityOf(shader)];
}
