import { isOutOfTime } from '../http/errors';
import { ShopError } from '../protocol/errors';
import { settled } from '../protocol/settled';
import type { Shop } from './shop';

/** Whether a failure says that the credential has no right to what was asked for. */
export function isDenied(error: unknown): boolean {
	return error instanceof ShopError && error.failure.kind === 'permission';
}

/** Whether a failure says that there is no such record. */
export function isNotFound(error: unknown): boolean {
	return error instanceof ShopError && error.failure.kind === 'notFound';
}

/**
 * Runs `load`; when the credential has no right to `resource`, answers `undefined` and notes in
 * `missing` which part is left out and which right would bring it. Other failures pass. A resource
 * that was denied is not asked for again for ten minutes. A shop that leaves out what comes late has
 * that noted as well; without a list to note it in, it is a failure like others.
 *
 * @param right the right in the words of the shop's back office
 */
export async function loadIfPermitted<R, T>(
	shop: Shop<R>,
	{ part, resource, right }: { part: string; resource: string; right: string },
	missing: string[] | undefined,
	load: () => Promise<T>,
): Promise<T | undefined> {
	if (!shop.refusals.has(resource)) {
		const result = await settled(load);
		if (result.ok) return result.value;
		if (missing && isLeftOut(shop, result.error)) {
			missing.push(`${part}: the shop did not send it in time`);
			return undefined;
		}
		if (!isDenied(result.error)) throw result.error;
		shop.refusals.add(resource);
	}
	missing?.push(`${part}: needs the right "${right}"`);
	return undefined;
}

/** Whether something that could not be read is left out, because there was no time for it. */
export function isLeftOut<R>({ leavesOutLate }: Shop<R>, error: unknown): boolean {
	return leavesOutLate && isOutOfTime(error);
}
