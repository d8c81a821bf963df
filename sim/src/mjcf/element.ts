import { XMLBuilder } from 'fast-xml-parser';

/** Attributes of an element: numbers are written as JavaScript prints them, lists of numbers with spaces between. */
export type MjcfAttributes = Readonly<Record<string, string | number | readonly number[] | undefined>>;

/** An MJCF element as the XML builder takes it: attributes under `@_name`, and a list of elements under the name of each child. */
export type MjcfElement = Readonly<{ [name: string]: string | readonly MjcfElement[] }>;

/** The elements inside an element, by tag. Elements of one tag keep their order. */
export type MjcfChildren = Readonly<Record<string, readonly MjcfElement[]>>;

const ATTRIBUTE_PREFIX = '@_';

// By default the builder would write an attribute that is "true" without its value, which is no XML.
const builder = new XMLBuilder({
  attributeNamePrefix: ATTRIBUTE_PREFIX,
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
});

/** An element; attributes that are undefined are left out. */
export function element(attributes: MjcfAttributes, children: MjcfChildren = {}): MjcfElement {
  const out: Record<string, string | readonly MjcfElement[]> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) out[ATTRIBUTE_PREFIX + name] = typeof value === 'object' ? value.join(' ') : String(value);
  }
  return { ...out, ...children };
}

/** The text of a whole MJCF document; names are escaped. */
export const mjcfText = (root: MjcfElement): string => builder.build({ mujoco: root });
