/** What keeps builds and releases of this repository reproducible. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const PROJECT = join(__dirname, '..');
const WORKFLOWS = join(PROJECT, '.github', 'workflows');

const read = (...path: string[]): string => readFileSync(join(PROJECT, ...path), 'utf8');

interface LockedPackage {
	link?: boolean;
	integrity?: string;
}

it.each([['package-lock.json'], ['sandbox/n8n/package-lock.json']])(
	'%s names the hash of every package, also of other platforms',
	(file) => {
		const { packages } = JSON.parse(read(file)) as { packages: Record<string, LockedPackage> };
		const unsure = Object.entries(packages)
			.filter(([path, { link, integrity }]) => path !== '' && !link && !integrity)
			.map(([path]) => path);
		expect(unsure).toEqual([]);
	},
);

it.each(readdirSync(WORKFLOWS).map((file) => [file]))(
	'%s runs actions of a fixed commit, and asks for no more than reading by default',
	(file) => {
		const text = read('.github', 'workflows', file);
		const uses = [...text.matchAll(/uses: *(\S+)/g)].map(([, action]) => action);
		expect(uses.length).toBeGreaterThan(0);
		for (const action of uses) expect(action).toMatch(/@[0-9a-f]{40}$/);
		expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
	},
);
