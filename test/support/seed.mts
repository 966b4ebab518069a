/**
 * fast-check with the seed of this run, which jest.config.js draws and prints: what a test file that
 * makes random values imports in place of fast-check. SEED repeats a run, SEED_PATH (with `-t`) goes
 * straight to the case that a failure names.
 */
import fc from 'fast-check';

/** The seed of this run. */
export const SEED = Number(process.env.SEED);

if (!Number.isSafeInteger(SEED)) throw new Error(`SEED is no whole number: ${process.env.SEED}`);

const path = process.env.SEED_PATH;

fc.configureGlobal({ seed: SEED, ...(path && { path }) });

export default fc;
