import fc from 'fast-check';

// A change is judged by the same examples as the one before it. FAST_CHECK_SEED=N tries others, and FAST_CHECK_SEED=random
// leaves the choice to fast-check; what fails prints the seed that repeats it.
const given = process.env.FAST_CHECK_SEED ?? '20261';
if (given !== 'random') fc.configureGlobal({ seed: Number(given) });
