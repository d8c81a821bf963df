/** What of a node of rclnodejs this stands on. */
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
 * A class of nodes that find their parameters in a file under their full name, `/left/supervisor_node`, as launch files write
 * them. rclnodejs 2.2.0 looks for `supervisor_node` and for `/**` only.
 */
export function withFullName<C extends Constructor>(Base: C): C {
  const Node = Base as unknown as new (...args: unknown[]) => NodeWithOverrides;
  class NamedNode extends Node {
    override _getNativeParameterOverrides(): Map<string, unknown> {
      const byName = super._getNativeParameterOverrides();
      const full = this.getFullyQualifiedName();
      this.name = () => full;
      // Each has what holds for every node as well: what one of them says of this node alone comes last.
      const byFullName = super._getNativeParameterOverrides();
      this.name = () => '';
      const forAll = super._getNativeParameterOverrides();
      Reflect.deleteProperty(this, 'name');
      const own = [...byFullName].filter(([name, value]) => parameterText(value) !== parameterText(forAll.get(name)));
      return new Map([...byName, ...own]);
    }
  }
  return NamedNode as unknown as C;
}
