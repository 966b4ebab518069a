import { isFields, textOf } from './definitions.mts';
import type { Fields, Json, ResourceDefinition, Row } from './definitions.mts';
import {
	Complaints,
	REQUIRED,
	badRequest,
	internalError,
	takenValue,
	unknownValue,
} from './errors.mts';
import { mergeFields, mergeTranslations } from './mergeFields.mts';
import { ORDER_RULES } from './newOrders.mts';
import { ORDER_LINE_RULES } from './orderLines.mts';
import { PARCEL_RULES } from './parcels.mts';
import { PRODUCT_RULES, STOCK_RULES } from './products.mts';
import type { SavingRules } from './savingRules.mts';
import type { ShopState } from './shopState.mts';
import { USER_RULES } from './users.mts';
import { WEBHOOK_RULES } from './webhooks.mts';

const RULES: Readonly<Record<string, SavingRules>> = {
	orders: ORDER_RULES,
	'order-products': ORDER_LINE_RULES,
	parcels: PARCEL_RULES,
	products: PRODUCT_RULES,
	'product-stocks': STOCK_RULES,
	users: USER_RULES,
	webhooks: WEBHOOK_RULES,
	'product-images': {
		prepare: (_shop, { id, values }) => ({
			...values,
			unic_name: textOf(values.unic_name) || `image-${id}`,
		}),
	},
	categories: {
		prepare: (_shop, { given, values }) => ({
			...values,
			_parent: given.parent_id === undefined ? (values._parent ?? '0') : textOf(given.parent_id),
			root: textOf(given.parent_id) === '0' ? '1' : (values.root ?? '0'),
		}),
	},
	// The router knows the method, the shop fails inside (LIVE).
	languages: {
		prepare: () => {
			throw internalError();
		},
	},
};

/** `pkwiu` may be empty; everything else that is required has to say something. */
function isMissing(name: string, value: Json | undefined): boolean {
	return value === undefined || value === null || (value === '' && name !== 'pkwiu');
}

function checkBody(
	shop: ShopState,
	resource: ResourceDefinition,
	given: Fields,
	before?: Row,
): void {
	const complaints = new Complaints();
	for (const name of resource.required ?? []) {
		const asked = before ? name in given : true;
		if (asked && isMissing(name, given[name])) complaints.add(name, REQUIRED);
	}
	for (const [name, target] of Object.entries(resource.references ?? {})) {
		const value = given[name];
		if (value === undefined || value === null) continue;
		if (!shop.find(target, value)) complaints.add(name, unknownValue(textOf(value)));
	}
	for (const name of resource.unique ?? []) {
		const value = textOf(given[name]);
		const same = shop.database.table(resource.name).rowsWhere(name, value);
		if (value !== '' && same.some((row) => row.id !== before?.id))
			complaints.add(name, takenValue(value));
	}
	RULES[resource.name]?.check?.(shop, given, complaints, before);
	complaints.raise();
}

function save(
	shop: ShopState,
	resource: ResourceDefinition,
	id: number,
	given: Fields,
	before?: Row,
): void {
	const { name, idField, blank, translation, readOnly = [] } = resource;
	const held = before?.values ?? { ...blank, [idField]: String(id) };
	const ignored = [idField, ...readOnly, 'translations'];
	const values = mergeFields(blank, held, given, ignored);
	if (translation && given.translations !== undefined) {
		values.translations = mergeTranslations(
			translation,
			held.translations,
			given.translations,
			shop.locales(),
		);
	}
	const change = { id, given, values, before };
	const prepared = RULES[name]?.prepare?.(shop, change) ?? values;
	const row = shop.save(name, id, prepared);
	RULES[name]?.after?.(shop, { ...change, values: prepared }, row);
}

/** The body of a write, which has to be an object. */
export function bodyFields(body: Json | undefined): Fields {
	if (isFields(body)) return body;
	if (body === undefined || (Array.isArray(body) && body.length === 0)) return {};
	throw badRequest('Niepoprawne dane');
}

/** `POST /{resource}`: the new id. `owner` is the token's name, kept with webhooks. */
export function createEntity(
	shop: ShopState,
	resource: ResourceDefinition,
	given: Fields,
	owner = '',
): number {
	checkBody(shop, resource, given);
	const table = shop.database.table(resource.name);
	const id = table.nextId;
	save(shop, resource, id, given);
	const row = table.get(id);
	if (row && resource.name === 'webhooks')
		table.put({ id, values: { ...row.values, _owner: owner } });
	return id;
}

/** `PUT /{resource}/{id}`: only what was sent changes. */
export function updateEntity(
	shop: ShopState,
	resource: ResourceDefinition,
	before: Row,
	given: Fields,
): void {
	checkBody(shop, resource, given, before);
	save(shop, resource, before.id, given, before);
}
