import { readFileSync, writeFileSync } from 'node:fs';

/** What the set-up has started and every test file shares. */
export interface World {
	projectFolder: string;
	/** Fresh for every run and deleted afterwards. */
	workFolder: string;
	userFolder: string;
	logFile: string;
	/** The packed package that is installed in n8n. */
	tarball: string;
	shopUrl: string;
	n8nPort: number;
	n8nUrl: string;
	n8nPid: number;
	/** Cookie of the one login that all tests share. */
	session: string;
	/** Credential with the limited key of the sandbox shop. */
	credential: { id: string; name: string };
}

/** Where the set-up leaves the file for the tests; jest hands the environment on. */
const VARIABLE = 'STOREFRONTS_E2E_WORLD';

export const LOGIN = { email: 'owner@example.com', password: 'Storefront1' };

/** The keys that every sandbox shop knows. */
export const KEYS = {
	full: 'FULLACCESSKEY0000000000000000001',
	limited: 'LIMITEDN8NKEY0000000000000000002',
	noRights: 'NOPERMISSIONSKEY0000000000000005',
	unknown: 'UNKNOWNKEY0000000000000000000009',
} as const;

export function writeWorld(file: string, world: World): void {
	process.env[VARIABLE] = file;
	writeFileSync(file, JSON.stringify(world));
}

export function readWorld(): World {
	const file = process.env[VARIABLE];
	if (!file) throw new Error('The end-to-end tests need their own set-up: npm run test:e2e');
	return JSON.parse(readFileSync(file, 'utf8')) as World;
}

/** Notes a change, such as the number of the process after a restart of n8n. */
export function changeWorld(change: Partial<World>): World {
	const file = process.env[VARIABLE];
	const world = { ...readWorld(), ...change };
	if (file) writeWorld(file, world);
	return world;
}
