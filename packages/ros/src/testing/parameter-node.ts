import type { RosSession } from '../rcl/session.ts';
import { FakeNode } from './fake-node.ts';

/** A node whose parameters have these values, and their defaults otherwise. */
export function nodeWith(given: Readonly<Record<string, unknown>> = {}) {
  const fake = new FakeNode();
  class Parameter {
    readonly name: string;
    readonly value: unknown;
    constructor(name: string, _type: number, value: unknown) {
      this.name = name;
      this.value = value;
    }
  }
  const rcl = { ...fake.rcl, Parameter, ParameterDescriptor: class {} };
  const node = Object.assign(fake.node, {
    declareParameter: ({ name, value }: Parameter) => ({ name, value: given[name] ?? value }),
    addOnSetParametersCallback: () => undefined,
  });
  return { fake, session: { rcl, node } as unknown as RosSession };
}
