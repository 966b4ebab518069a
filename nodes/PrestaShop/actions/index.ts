import type { Resource } from '../../shared/operation';
import type { PrestaShopRecord } from '../codec';
import { apiKey } from './ApiKey.resource';
import { language } from './Language.resource';
import { order } from './Order.resource';
import { orderDetail } from './OrderDetail.resource';
import { orderHistory } from './OrderHistory.resource';
import { orderState } from './OrderState.resource';

const shopResources: ReadonlyArray<Resource<PrestaShopRecord>> = [
	order,
	orderDetail,
	orderHistory,
	orderState,
	language,
];

/** The operations table of the PrestaShop node. The first resource is what a new node shows. */
export const resources: ReadonlyArray<Resource<PrestaShopRecord>> = [
	...shopResources,
	apiKey(shopResources),
];
