import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import { verbsOf } from '../shared/controlVerbs.mts';
import type { ShoperControl } from './control.mts';
import { cancel, pageState, pay, placeDemoOrder, ship } from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Methods that are offered over HTTP under the same name, besides those of every shop. */
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
	'setShipWebhook',
] as const satisfies ReadonlyArray<keyof ShoperControl>;

/** The control object as HTTP verbs, with those of the page. */
export function controlVerbs(control: ShoperControl, shop: ShopState): ControlVerbs {
	const verbs = verbsOf(control, NAMES);
	verbs.state = ({ lang }) => pageState(shop, lang);
	verbs.placeDemoOrder = ({ lang }) => placeDemoOrder(shop, control, lang);
	verbs.pay = ({ lang, orderId }) => pay(control, Number(orderId), lang);
	verbs.cancel = ({ lang, orderId }) => cancel(control, Number(orderId), lang);
	verbs.ship = ({ lang, orderId }) => ship(shop, Number(orderId ?? 0), lang);
	return verbs;
}
