/** The packed package, as users install it, loads in n8n and shows what belongs to it. */
import { execFileSync } from 'node:child_process';
import type { N8nRest } from '../../sandbox/n8n/rest.mts';
import { enterN8n } from './support/n8n.mts';
import { ACTION, TOOL, TRIGGER } from './support/prestashop.mts';
import { saw } from './support/report.mts';
import { readWorld } from './support/world.mts';

interface Codex {
	categories?: string[];
	alias?: string[];
	resources?: { primaryDocumentation?: Array<{ url: string }> };
}

const DOCUMENTATION = /^https:\/\/github\.com\/.+\/n8n-nodes-storefronts/;

describe('the packed package in n8n', () => {
	let rest: N8nRest;
	let types: Array<Record<string, unknown>>;

	const typeOf = (name: string): Record<string, unknown> => {
		const found = types.find((entry) => entry.name === name);
		if (!found) throw new Error(`n8n does not know ${name}`);
		return found;
	};

	beforeAll(async () => {
		rest = enterN8n();
		types = await rest.nodeTypes();
	});

	test('holds what is needed to run and nothing else', () => {
		const listing = execFileSync('tar', ['-tzf', readWorld().tarball], { encoding: 'utf8' });
		const files = listing.trim().split('\n');
		saw(`${files.length} files in the tarball`);
		const unexpected = files.filter(
			(file) =>
				!/^package\/(?:dist\/|package\.json|README\.md|LICENSE\.md|CHANGELOG\.md)/.test(file),
		);
		expect(unexpected).toEqual([]);
		expect(files.filter((file) => file.endsWith('.ts'))).toEqual([]);
	});

	test('brings the node, its tool variant, its trigger and the credential', async () => {
		const ours = types
			.map((entry) => String(entry.name))
			.filter((name) => /storefronts/.test(name));
		const credentials = await rest.credentialTypes();
		const own = credentials.find((entry) => entry.name === 'prestaShopApi');
		saw(`node types ${ours.join(', ')}; credential ${String(own?.displayName)}`);
		expect(ours).toEqual(expect.arrayContaining([ACTION, TOOL, TRIGGER]));
		expect(own?.displayName).toBe('PrestaShop API');
		expect(own?.documentationUrl).toMatch(DOCUMENTATION);
	});

	test.each([[ACTION], [TRIGGER]])('%s has an icon and a link to its documentation', (name) => {
		const type = typeOf(name);
		const codex = (type.codex ?? {}) as Codex;
		const link = codex.resources?.primaryDocumentation?.[0]?.url;
		saw(`${name}: icon ${JSON.stringify(type.iconUrl)}, docs ${link}, search words ${codex.alias}`);
		expect(type.iconUrl).toBeDefined();
		expect(link).toMatch(DOCUMENTATION);
		expect(codex.categories).toContain('Sales');
	});

	test('the icons are served', async () => {
		const urls = [typeOf(ACTION), typeOf(TRIGGER)].flatMap((type) => {
			const icon = type.iconUrl as string | { light: string; dark: string };
			return typeof icon === 'string' ? [icon] : [icon.light, icon.dark];
		});
		for (const url of urls) {
			const response = await fetch(`${rest.url}/${url}`);
			saw(`${url}: ${response.status} ${response.headers.get('content-type')}`);
			expect(response.status).toBe(200);
		}
	});
});
