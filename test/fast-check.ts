import fc from 'fast-check';

// Every run draws the same examples, so that results of two changes are comparable. FAST_CHECK_SEED=N draws others, and
// FAST_CHECK_SEED=random lets fast-check choose; a failed property prints the seed that repeats it.
const seed = process.env.FAST_CHECK_SEED ?? '20261';
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed) });
