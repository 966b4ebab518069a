import type { Resource } from '../../shared/actions/operation';
import type { PrestaShopRecord } from '../api/records';
import { address } from './Address.resource';
import { anyResource } from './AnyResource.resource';
import { apiKey } from './ApiKey.resource';
import { carrier } from './Carrier.resource';
import { cart } from './Cart.resource';
import { category } from './Category.resource';
import { combination } from './Combination.resource';
import { currency } from './Currency.resource';
import { customer } from './Customer.resource';
import { customerMessage } from './CustomerMessage.resource';
import { image } from './Image.resource';
import { language } from './Language.resource';
import { manufacturer } from './Manufacturer.resource';
import { order } from './Order.resource';
import { orderDetail } from './OrderDetail.resource';
import { orderHistory } from './OrderHistory.resource';
import { orderState } from './OrderState.resource';
import { product } from './Product.resource';
import { specificPrice } from './SpecificPrice.resource';
import { stock } from './Stock.resource';

const shopResources: ReadonlyArray<Resource<PrestaShopRecord>> = [
	order,
	orderDetail,
	orderHistory,
	orderState,
	product,
	customer,
	language,
	stock,
	address,
	carrier,
	cart,
	category,
	combination,
	currency,
	customerMessage,
	image,
	manufacturer,
	specificPrice,
];

/** The operations table of the PrestaShop node. The first resource is what a new node shows. */
export const resources: ReadonlyArray<Resource<PrestaShopRecord>> = [
	...shopResources,
	apiKey([...shopResources, anyResource]),
	// What everything above does is easier there.
	anyResource,
];
