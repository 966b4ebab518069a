import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import { verbsOf } from '../shared/controlVerbs.mts';
import type { InSalesControl } from './control.mts';
import {
	cancel,
	chatOrder,
	pageState,
	pay,
	placeDemoOrder,
	setPrice,
	setStatus,
} from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Methods that are offered over HTTP under the same name, besides those of every shop. */
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
	'setChatWebhook',
] as const satisfies ReadonlyArray<keyof InSalesControl>;

/** The control object as HTTP verbs, with those of the page. */
export function controlVerbs(control: InSalesControl, shop: ShopState): ControlVerbs {
	const verbs = verbsOf(control, NAMES);
	verbs.state = ({ lang }) => pageState(shop, lang);
	verbs.placeDemoOrder = ({ lang }) => placeDemoOrder(shop, control, lang);
	verbs.chatOrder = ({ lang }) => chatOrder(shop, lang);
	verbs.setPrice = (argument) => setPrice(control, argument);
	verbs.setStatus = (argument) => setStatus(shop, control, argument);
	verbs.pay = (argument) => pay(shop, control, argument);
	verbs.cancel = (argument) => cancel(shop, control, argument);
	return verbs;
}
