import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import type { InSalesControl } from './control.mts';
import { chatOrder, pageState, placeDemoOrder, setPrice } from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Verbs that are offered over HTTP under the same name. */
const NAMES = [
	'reset',
	'seed',
	'placeOrder',
	'reserveOrderId',
	'changeStatus',
	'changePayment',
	'touchOrder',
	'updateProduct',
	'addClient',
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
	'addKey',
	'removeKey',
	'setPlan',
	'setWrongShop',
	'setLimit',
	'setLegacyThrottle',
	'ignoredRetryAfters',
	'mostInAWindow',
	'clearLimits',
	'setPermalinkAlone',
	'setFiltersIgnored',
	'setGuesses',
	'setBulkDelay',
	'setImageDelay',
	'setStatusMessage',
	'addFault',
	'clearFaults',
	'mails',
	'clearMails',
	'requests',
	'clearRequests',
	'notify',
	'setChatWebhook',
] as const satisfies ReadonlyArray<keyof InSalesControl>;

/** The control object as HTTP verbs, with those of the page. */
export function controlVerbs(control: InSalesControl, shop: ShopState): ControlVerbs {
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
	verbs.chatOrder = () => chatOrder(shop);
	verbs.setPrice = (argument) => setPrice(control, argument);
	verbs.setStatus = (argument) => {
		const [orderId, permalink] = [Number(argument.orderId), String(argument.permalink ?? '')];
		control.changeStatus({ orderId, permalink });
		return { message: `Статус заказа изменён: ${permalink}.` };
	};
	return verbs;
}
