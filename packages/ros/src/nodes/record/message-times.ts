import { nanosecondsOf } from '@praxis/wire/recording';
import { type StampClock, SYSTEM_STAMPS } from '../../rcl/stamp-clock.ts';

const NANOSECONDS = 1e9;

/**
 * The stamp in the header of a message in CDR (ns): `std_msgs/Header` begins with it, behind the 4 bytes of the encapsulation.
 * Undefined for a stamp of zero, which says that there is none, and for one before the epoch.
 */
export function headerStamp(bytes: Uint8Array): bigint | undefined {
  if (bytes.length < 12) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const littleEndian = (bytes[1] & 1) === 1;
  const seconds = view.getInt32(4, littleEndian);
  const stamp = BigInt(seconds) * 1_000_000_000n + BigInt(view.getUint32(8, littleEndian));
  return stamp > 0n ? stamp : undefined;
}

/**
 * A time of the system's clock on the clock of the stamps (ns); undefined as long as no message on `/clock` said its time.
 * @param system time (ns since 1970)
 */
export function onStampClock(clock: StampClock, system: bigint): bigint | undefined {
  // Seconds since 1970 as a number have a resolution of 0.2 us.
  if (clock === SYSTEM_STAMPS) return system;
  const time = clock.at(Number(system) / NANOSECONDS);
  return Number.isNaN(time) ? undefined : nanosecondsOf(time);
}
