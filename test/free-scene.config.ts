import { free } from '@praxis/sim';

/** Registers the scene without a task, for programs that take tasks from modules. */
export default { tasks: [free] };
