import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import { verbsOf } from '../shared/controlVerbs.mts';
import type { PrestaShopControl } from './control.mts';
import { cancel, pageState, pay, placeDemoOrder, ship } from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Methods that are offered over HTTP under the same name, besides those of every shop. */
const NAMES = [
	'reset',
	'seed',
	'placeOrder',
	'completeOrder',
	'changeState',
	'setNextId',
	'reserveHistoryId',
	'commitHistory',
	'reserveOrderId',
	'deleteRecord',
	'getRecord',
	'putRecord',
	'putInstallation',
	'breakRecord',
	'records',
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
	'setShipWebhook',
] as const satisfies ReadonlyArray<keyof PrestaShopControl>;

/** The control object as HTTP verbs, with those of the page. */
export function controlVerbs(control: PrestaShopControl, shop: ShopState): ControlVerbs {
	const verbs = verbsOf(control, NAMES);
	verbs.state = ({ lang }) => pageState(shop, lang);
	verbs.placeDemoOrder = ({ lang }) => placeDemoOrder(shop, control, lang);
	verbs.pay = ({ lang, ...order }) => pay(control, orderChoice(order), lang);
	verbs.cancel = ({ lang, ...order }) => cancel(control, orderChoice(order), lang);
	verbs.ship = ({ lang, reference }) => ship(shop, String(reference ?? ''), lang);
	return verbs;
}

function orderChoice({ orderId, reference }: Record<string, unknown>): {
	orderId: number;
	reference: string;
} {
	return { orderId: Number(orderId), reference: String(reference) };
}
