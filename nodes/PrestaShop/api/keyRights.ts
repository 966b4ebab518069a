import { RIGHTS, RIGHTS_MS } from '../../shared/reading/shopMemory';
import type { Method } from '../../shared/protocol/call';
import { decode } from './codec';
import type { PrestaShopShop } from './reads';

/** What the key may do, and what the shop knows at all. */
export interface KeyRights {
	/** Every resource the key has any right to, as the shop lists them. */
	resources: ReadonlyArray<{ resource: string; description: string }>;
	/** Whether the key has the right to send `method` to `resource`. */
	has(resource: string, method: Method): boolean;
	/** Whether the shop knows PATCH (8.0 and later), whatever the key. */
	knowsPatch: boolean;
	/** 1.6, 1.7, 8, 9 …; `undefined` when the shop hides its version. */
	generation: number | undefined;
	/** The exact version, such as `8.2.1`, when the shop shows it. */
	version: string | undefined;
}

/**
 * Reads the rights of the key from the root of the webservice, which every working key may read:
 * one request in ten minutes. Facts: PrestaShop webservice reference, sections 1.6 and 2.1.
 *
 * @param isEnough whether rights read before this run will do; they are read anew when not
 */
export async function keyRights(
	shop: PrestaShopShop,
	isEnough?: (rights: KeyRights) => boolean,
): Promise<KeyRights> {
	const load = async () => {
		shop.refusals.clear();
		const reply = await shop.send({ method: 'GET', path: [] });
		const decoded = decode(reply.text);
		const rights = decoded.kind === 'root' ? decoded.root.rights : [];
		const byResource = new Map(rights.map(({ resource, methods }) => [resource, methods]));
		return {
			resources: rights,
			has: (resource: string, method: Method) => byResource.get(resource)?.[method] === true,
			// Older shops name no such attribute, not even as "false".
			knowsPatch: rights.some(({ methods }) => methods.PATCH !== undefined),
			generation: generationOf(reply.headers['psws-version']),
			version: reply.headers['psws-version'],
		};
	};
	return await shop.remember({ resource: RIGHTS, maxAgeMs: RIGHTS_MS }, load, isEnough);
}

/** `1.7.8.11` is 1.7, `8.2.1` is 8. */
function generationOf(version: string | undefined): number | undefined {
	const [, major = '', minor = ''] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
	if (major === '') return undefined;
	return major === '1' ? Number(`1.${minor}`) : Number(major);
}
