import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import type { ShoperControl } from './control.mts';
import { pageState, placeDemoOrder, ship } from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Verbs that are offered over HTTP under the same name. */
const NAMES = [
	'reset',
	'seed',
	'placeOrder',
	'reserveOrderId',
	'reserveId',
	'changeStatus',
	'setPaid',
	'lockOrder',
	'unlockOrder',
	'addCustomer',
	'updateProduct',
	'getRecord',
	'putRecord',
	'records',
	'deleteRecord',
	'setNow',
	'advance',
	'freeze',
	'unfreeze',
	'now',
	'snapshot',
	'restore',
	'addToken',
	'removeToken',
	'addAdmin',
	'removeAdmin',
	'setPassword',
	'setNewLoginInvalidates',
	'logins',
	'setBucket',
	'setBulkCostsEach',
	'setAuthCosts',
	'ignoredRetryAfters',
	'setParked',
	'setLocked',
	'setPaymentRequired',
	'setCanonicalHost',
	'setProductDateFilter',
	'setIsPaidFilter',
	'setCaseSensitiveFilters',
	'setRepeatStatusMails',
	'setConfig',
	'addFault',
	'clearFaults',
	'mails',
	'clearMails',
	'requests',
	'clearRequests',
	'notify',
	'setShipWebhook',
] as const satisfies ReadonlyArray<keyof ShoperControl>;

/** The control object as HTTP verbs, with those of the page. */
export function controlVerbs(control: ShoperControl, shop: ShopState): ControlVerbs {
	const verbs: ControlVerbs = {};
	for (const name of NAMES) {
		// Arguments come from JSON: each method reads the members it knows, as a test in process would pass them.
		const method = control[name].bind(control) as (argument: Record<string, unknown>) => unknown;
		verbs[name] = method;
	}
	verbs.notifications = (argument) => {
		if (typeof argument.text !== 'string') return control.notifications();
		control.notify({ text: argument.text });
		return { ok: true };
	};
	verbs.state = () => pageState(shop);
	verbs.placeDemoOrder = () => placeDemoOrder(shop, control);
	verbs.ship = (argument) => ship(shop, Number(argument.orderId ?? 0));
	return verbs;
}
