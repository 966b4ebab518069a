import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import { verbsOf } from '../shared/controlVerbs.mts';
import type { InSalesControl } from './control.mts';
import { chatOrder, pageState, placeDemoOrder, setPrice } from './frontPage.mts';
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
