/** With which verb records of a resource may and can be changed. */
import { ShopError } from '../../shared/protocol/errors';
import type { Method } from '../../shared/protocol/call';
import type { KeyRights } from '../api/keyRights';
import { rightName, tickRight } from '../api/rights';
import { writeProfileOf } from './writeProfiles';

/**
 * The verb that may and can change records of a resource: PATCH, else PUT where a PUT harms nothing.
 *
 * @throws ShopError naming the right to tick when there is none
 */
export function writeMethod(rights: KeyRights, resource: string, id = ''): Method {
	if (rights.has(resource, 'PATCH')) return 'PATCH';
	const wiped = putWipes(rights, resource);
	if (rights.has(resource, 'PUT') && wiped.length === 0) return 'PUT';
	const wanted = rights.knowsPatch ? 'PATCH' : 'PUT';
	const reason = rights.has(resource, 'PUT')
		? `On this version of PrestaShop an update by PUT would wipe ${wiped.join(' and ')} of the record, and the API key has no right "${rightName(resource, 'PATCH')}".`
		: `The API key may not do this: the right "${rightName(resource, wanted)}" is missing.`;
	const right = rightName(resource, wanted);
	throw new ShopError(
		{ kind: 'permission', sent: false },
		{ method: wanted, path: [resource, ...(id === '' ? [] : [id])] },
		{ reason, fix: tickRight(resource, wanted), right },
	);
}

/** Whether the key has a right with which records of a resource can be changed without harm. */
export function mayUpdate(rights: KeyRights, resource: string): boolean {
	return (
		rights.has(resource, 'PATCH') ||
		(rights.has(resource, 'PUT') && putWipes(rights, resource).length === 0)
	);
}

/** Fields that a PUT would wipe on this shop; a shop that hides its version may be a new one. */
function putWipes({ generation, knowsPatch }: KeyRights, resource: string): readonly string[] {
	const { putWipes: wipes } = writeProfileOf(resource);
	if (!wipes) return [];
	const isNew = generation === undefined ? knowsPatch : generation >= wipes.since;
	return isNew ? wipes.fields : [];
}
