import { Ros, Service } from 'roslib';
import { onTestFinished } from 'vitest';

/** roslib's own client at an address, until the end of the test. */
export async function connectRoslib(url: string) {
  const ros = new Ros();
  onTestFinished(() => ros.close());
  const statuses: string[] = [];
  // roslib reports a status under the name of each request; this sees all of them.
  const emit = ros.emit.bind(ros) as (name: string, ...values: unknown[]) => boolean;
  Object.assign(ros, {
    emit(name: string, ...values: unknown[]) {
      if (name.startsWith('status')) statuses.push((values[0] as { readonly msg: string }).msg);
      return emit(name, ...values);
    },
  });
  await ros.connect(url);
  /** Calls a service of `std_srvs/Trigger`. */
  const call = (name: string) =>
    new Promise<object>((resolve, reject) => {
      const service = new Service<object, object>({ ros, name, serviceType: 'std_srvs/Trigger' });
      service.callService({}, resolve, (error) => reject(new Error(error)));
    });
  return { ros, statuses, call };
}
