import type { ControlVerbs } from '../shared/controlEndpoint.mts';
import { verbsOf } from '../shared/controlVerbs.mts';
import type { PrestaShopControl } from './control.mts';
import { pageState, placeDemoOrder, ship } from './frontPage.mts';
import type { ShopState } from './shopState.mts';

/** Methods that are offered over HTTP under the same name, besides those of every shop. */
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
	verbs.state = () => pageState(shop);
	verbs.placeDemoOrder = () => placeDemoOrder(shop, control);
	verbs.ship = (argument) => ship(shop, String(argument.reference ?? ''));
	return verbs;
}
