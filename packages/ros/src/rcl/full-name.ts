/** The part of an rclnodejs node that this module overrides. */
interface NodeWithOverrides {
  name(): string;
  getFullyQualifiedName(): string;
  _getNativeParameterOverrides(): Map<string, unknown>;
}

type Constructor = new (...args: never[]) => object;

const parameterText = (parameter: unknown): string =>
  JSON.stringify((parameter as { value?: unknown } | undefined)?.value, (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );

/**
 * Makes a node class that also finds parameters under the node's full name, such as `/left/supervisor_node`: launch files
 * write them so. rclnodejs 2.2.0 looks up only `supervisor_node` and `/**`.
 */
export function withFullName<C extends Constructor>(Base: C): C {
  const Node = Base as unknown as new (...args: unknown[]) => NodeWithOverrides;
  class NamedNode extends Node {
    override _getNativeParameterOverrides(): Map<string, unknown> {
      const byName = super._getNativeParameterOverrides();
      const full = this.getFullyQualifiedName();
      this.name = () => full;
      // Each lookup contains the wildcard's values too: only values that differ from them belong to this full name.
      const byFullName = super._getNativeParameterOverrides();
      this.name = () => '';
      const wildcard = super._getNativeParameterOverrides();
      Reflect.deleteProperty(this, 'name');
      const own = [...byFullName].filter(([name, value]) => parameterText(value) !== parameterText(wildcard.get(name)));
      return new Map([...byName, ...own]);
    }
  }
  return NamedNode as unknown as C;
}
