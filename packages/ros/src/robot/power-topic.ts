/** From the supervisor to whoever has the arm's brakes: false closes them. */
export const POWER_TOPIC = 'power';
