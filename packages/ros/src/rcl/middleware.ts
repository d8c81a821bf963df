import { fileURLToPath } from 'node:url';

/** The middleware of ROS 2 unless `RMW_IMPLEMENTATION` names another one. */
const DEFAULT_MIDDLEWARE = 'rmw_fastrtps_cpp';

/** Names of the variable with the profile: of Fast DDS 2 (Humble, Jazzy) and of Fast DDS 3. */
const PROFILE_VARIABLES = ['FASTRTPS_DEFAULT_PROFILES_FILE', 'FASTDDS_DEFAULT_PROFILES_FILE'] as const;

const profile = (name: string): string => fileURLToPath(new URL(`../../dds/${name}`, import.meta.url));

/** A profile of Fast DDS without shared memory, for the nodes of several machines. */
export const UDP_PROFILE = profile('fastdds.xml');
/** A profile of Fast DDS without shared memory, for the nodes of one machine. */
export const LOCALHOST_PROFILE = profile('fastdds-localhost.xml');

/** How a process of ROS 2 sends messages. */
export interface Transport {
  /** Name of the middleware, as in `RMW_IMPLEMENTATION`. */
  readonly middleware: string;
  /** One line on the transport for the log. */
  readonly description: string;
  /** False: publish can wait for another process. */
  readonly nonBlocking: boolean;
  /** Changes of the environment that must precede the start of the middleware; undefined removes a variable. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Chooses a transport whose publish does not block. Fast DDS uses shared memory between the processes of a machine, and its
 * publish then waits 333 ms now and then in the caller's thread (eProsima/Fast-DDS#6535); the chosen profile uses UDP alone. A
 * profile or a transport in the environment is the user's choice and stays. Cyclone DDS needs no change.
 */
export function chooseTransport(environment: NodeJS.ProcessEnv): Transport {
  const middleware = environment.RMW_IMPLEMENTATION || DEFAULT_MIDDLEWARE;
  const as = (
    nonBlocking: boolean,
    description: string,
    changes: Readonly<Record<string, string | undefined>> = {},
  ): Transport => ({ middleware, description: `${middleware}: ${description}`, nonBlocking, environment: changes });
  if (!middleware.startsWith('rmw_fastrtps')) return as(true, 'its own transport');
  const own = PROFILE_VARIABLES.find((name) => environment[name]);
  if (own !== undefined) {
    const ours = [UDP_PROFILE, LOCALHOST_PROFILE].includes(environment[own] ?? '');
    return ours && !isLocalhost(environment)
      ? as(true, 'UDP without shared memory')
      : as(false, `the profile of ${own}; publish can block if it has shared memory`);
  }
  const {
    FASTDDS_BUILTIN_TRANSPORTS: builtin,
    ROS_STATIC_PEERS: peers,
    ROS_AUTOMATIC_DISCOVERY_RANGE: range,
  } = environment;
  if (builtin) {
    const udp = /^UDPv[46]$/.test(builtin) && !isLocalhost(environment);
    return as(udp, `FASTDDS_BUILTIN_TRANSPORTS=${builtin}${udp ? '' : ' with shared memory: publish can block'}`);
  }
  if (range === 'OFF') return as(true, 'no other process');
  if (!isLocalhost(environment)) return as(true, 'UDP without shared memory', withProfile(UDP_PROFILE));
  if (peers) return as(false, 'shared memory, because ROS_STATIC_PEERS is set: publish can block');
  return as(true, 'UDP without shared memory, this machine only', {
    ...withProfile(LOCALHOST_PROFILE),
    // In the range LOCALHOST ROS 2 adds shared memory to every profile.
    ROS_AUTOMATIC_DISCOVERY_RANGE: 'SYSTEM_DEFAULT',
    ROS_LOCALHOST_ONLY: undefined,
  });
}

/** Sets up the transport of this process; call it before the middleware starts. */
export function applyTransport({ environment }: Transport): void {
  for (const [name, value] of Object.entries(environment)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

const isLocalhost = ({ ROS_AUTOMATIC_DISCOVERY_RANGE: range, ROS_LOCALHOST_ONLY: only }: NodeJS.ProcessEnv): boolean =>
  only === '1' || (only !== '0' && range === 'LOCALHOST');

const withProfile = (file: string): Record<string, string> =>
  Object.fromEntries(PROFILE_VARIABLES.map((name) => [name, file]));
