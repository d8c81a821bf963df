import { XMLBuilder } from 'fast-xml-parser';

/** Attributes of an element. Numbers are written as JavaScript prints them, lists of numbers separated by spaces. */
export type MjcfAttributes = Readonly<Record<string, string | number | readonly number[] | undefined>>;

/** An MJCF element in the format of the XML builder: attributes under `@_name`, child elements as a list under each tag. */
export type MjcfElement = Readonly<{ [name: string]: string | readonly MjcfElement[] }>;

/** Child elements by tag. Elements of one tag keep their order. */
export type MjcfChildren = Readonly<Record<string, readonly MjcfElement[]>>;

const ATTRIBUTE_PREFIX = '@_';

// By default the builder omits the value of an attribute that is "true", which is invalid XML.
const builder = new XMLBuilder({
  attributeNamePrefix: ATTRIBUTE_PREFIX,
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
});

/** Makes an element without the attributes that are undefined. */
export function element(attributes: MjcfAttributes, children: MjcfChildren = {}): MjcfElement {
  const out: Record<string, string | readonly MjcfElement[]> = {};
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined) out[ATTRIBUTE_PREFIX + name] = typeof value === 'object' ? value.join(' ') : String(value);
  }
  return { ...out, ...children };
}

/** Writes an MJCF document; names are escaped. */
export const mjcfText = (root: MjcfElement): string => builder.build({ mujoco: root });
