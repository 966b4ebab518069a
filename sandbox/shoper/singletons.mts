/** What the API offers beside resources with ids. */
import { allows } from './areas.mts';
import type { Area } from './areas.mts';
import { ok } from './call.mts';
import type { Answer, Call } from './call.mts';
import { SHOP_VERSION } from './config.mts';
import { isFields, numberOf, textOf } from './definitions.mts';
import type { Fields, Json, Row } from './definitions.mts';
import {
	badRequest,
	insufficientScope,
	internalError,
	methodNotAllowed,
	missingModule,
	notFound,
	notImplemented,
} from './errors.mts';
import { resourceNamed } from './resources.mts';
import type { ShopState } from './shopState.mts';

function demand(call: Call, area: Area, level: 'read' | 'edit' = 'read'): void {
	if (!allows(call.token.rights, area, level)) throw insufficientScope();
}

function onlyGet(call: Call): void {
	if (call.method !== 'GET' && call.method !== 'HEAD') throw methodNotAllowed(call.method);
}

function config(call: Call): Answer {
	onlyGet(call);
	const url = `http://${call.shop.home}`;
	return ok({ ...call.shop.config, shop_url: url, technical_url: url });
}

/** Locks administrators out. It is here so that a test can show that nobody calls it. Answers are real booleans. */
function applicationLock(call: Call): Answer {
	const { settings } = call.shop;
	switch (call.method) {
		case 'GET':
		case 'HEAD':
			return ok(settings.locked);
		case 'POST':
		case 'PUT':
			settings.locked = true;
			return ok(true);
		case 'DELETE':
			settings.locked = false;
			return ok(true);
		default:
			throw methodNotAllowed(call.method);
	}
}

/** Objects of `object-mtime`, by their singular names. */
const MTIME_OBJECTS: Readonly<Record<string, string>> = {
	order: 'orders',
	product: 'products',
	client: 'users',
	user: 'users',
	category: 'categories',
	parcel: 'parcels',
};

/** Plural or without an id → 500, `?object=` → 501 (Shoper REST reference 7.5, LIVE). */
function objectMtime(call: Call): Answer {
	onlyGet(call);
	const [, object = '', id] = call.path;
	if (object === '' && call.query.object !== undefined) throw notImplemented();
	const resource = Object.hasOwn(MTIME_OBJECTS, object) ? MTIME_OBJECTS[object] : undefined;
	if (resource === undefined || id === undefined) throw internalError();
	demand(call, resourceNamed(resource).area);
	const row = call.shop.find(resource, id);
	if (!row) throw notFound();
	return ok({ date: numberOf(row.values._mtime) });
}

/** Newest first, a bare array. */
function activities(call: Call): Answer {
	onlyGet(call);
	demand(call, 'dashboard');
	const limit = Math.min(50, Math.max(1, numberOf(call.query.limit) || 10));
	const from = (Math.max(1, numberOf(call.query.page)) - 1) * limit;
	const rows = call.shop.database.table('dashboard-activities').newest(from + limit);
	return ok(rows.slice(from).map((row) => ({ ...row.values })));
}

function stats(call: Call): Answer {
	onlyGet(call);
	demand(call, 'dashboard');
	const period = { new_orders: 0, open_orders: 0, income: '0.00', orders: 0, unique_customers: 0 };
	const orders = call.shop.database.table('orders').size;
	const clients = call.shop.database.table('users').size;
	return ok({ general: { orders, clients }, today: period, '7days': period, '30days': period });
}

function branch(shop: ShopState, row: Row): Fields {
	return { id: row.id, children: branches(shop, String(row.id)) };
}

function branches(shop: ShopState, parent: string): Json[] {
	const rows = shop.database.table('categories').rows();
	return rows
		.filter((row) => (textOf(row.values._parent) || '0') === parent)
		.map((row) => branch(shop, row));
}

function categoriesTree(call: Call): Answer {
	onlyGet(call);
	demand(call, 'categories');
	const [, id] = call.path;
	if (id === undefined) return ok(branches(call.shop, '0'));
	const row = call.shop.find('categories', id);
	if (!row) throw notFound();
	return ok(branch(call.shop, row));
}

/** Links of a metafield to an object; nothing is known about what it answers. */
function metafieldBind(call: Call): Answer {
	if (call.method !== 'POST') throw methodNotAllowed(call.method);
	demand(call, 'metafields', 'edit');
	if (!isFields(call.body)) throw badRequest('Niepoprawne dane');
	return ok(1);
}

/** Needs a Premium plan (LIVE). */
function noWarehouses(): never {
	throw badRequest('Warehouses module is disabled');
}

/** Only selected applications may use these (LIVE). */
function notForNormalTokens(): never {
	throw insufficientScope();
}

const SINGLETONS: Readonly<Record<string, (call: Call) => Answer>> = {
	'application-config': config,
	'application-version': (call) => {
		onlyGet(call);
		return ok({ version: SHOP_VERSION });
	},
	'application-lock': applicationLock,
	'object-mtime': objectMtime,
	'dashboard-activities': activities,
	'dashboard-stats': stats,
	'categories-tree': categoriesTree,
	'metafield-bind': metafieldBind,
	'order-refunds': notForNormalTokens,
	'order-transactions': notForNormalTokens,
	warehouses: noWarehouses,
	'warehouse-logs': noWarehouses,
	'warehouse-relocations': noWarehouses,
	'additional-field-options': () => {
		throw missingModule('additional-field-options');
	},
};

/** Answers a path that is no resource with ids; undefined for every other. */
export function answerSingleton(call: Call): Answer | undefined {
	const [name = '', id, detail] = call.path;
	if (name === 'payments' && detail === 'channels' && id !== undefined) notForNormalTokens();
	// What these list and take is not known.
	if (name === 'collections' && detail === 'products') throw notImplemented();
	return Object.hasOwn(SINGLETONS, name) ? SINGLETONS[name]?.(call) : undefined;
}
