import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import type { PrestaShopControl } from './control.mts';
import { pageState, placeDemoOrder, ship } from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Verbs that are offered over HTTP under the same name. */
const NAMES = [
	'reset',
	'seed',
	'placeOrder',
	'completeOrder',
	'changeState',
	'reserveHistoryId',
	'commitHistory',
	'reserveOrderId',
	'deleteRecord',
	'getRecord',
	'putRecord',
	'records',
	'setNow',
	'advance',
	'freeze',
	'unfreeze',
	'now',
	'snapshot',
	'restore',
	'addKey',
	'removeKey',
	'setWebserviceEnabled',
	'setMaintenance',
	'setMailServer',
	'setStripAuthorization',
	'setUrlRewriting',
	'setDisplayErrors',
	'setSsl',
	'setLanguageActive',
	'setCanonicalHost',
	'addFault',
	'clearFaults',
	'mails',
	'clearMails',
	'requests',
	'clearRequests',
	'notify',
	'setShipWebhook',
] as const satisfies ReadonlyArray<keyof PrestaShopControl>;

/** The control object as HTTP verbs, with those of the page. */
export function controlVerbs(control: PrestaShopControl, shop: ShopState): ControlVerbs {
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
	verbs.ship = (argument) => ship(shop, String(argument.reference ?? ''));
	return verbs;
}
