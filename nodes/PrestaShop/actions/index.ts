import type { Resource } from '../../shared/actions/operation';
import type { PrestaShopRecord } from '../api/records';
import { address } from './Address.resource';
import { anyResource } from './AnyResource.resource';
import { apiKey } from './ApiKey.resource';
import { cartRule } from './CartRule.resource';
import { carrier } from './Carrier.resource';
import { cart } from './Cart.resource';
import { catalog } from './Catalog.resource';
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
import { orderPayment } from './OrderPayment.resource';
import { orderReturn } from './OrderReturn.resource';
import { orderSlip } from './OrderSlip.resource';
import { orderState } from './OrderState.resource';
import { product } from './Product.resource';
import { specificPrice } from './SpecificPrice.resource';
import { supplier } from './Supplier.resource';
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
	cartRule,
	catalog,
	category,
	combination,
	currency,
	customerMessage,
	image,
	manufacturer,
	orderPayment,
	orderReturn,
	orderSlip,
	specificPrice,
	supplier,
];

/** The operations table of the PrestaShop node. The first resource is what a new node shows. */
export const resources: ReadonlyArray<Resource<PrestaShopRecord>> = [
	...shopResources,
	apiKey([...shopResources, anyResource]),
	// What everything above does is easier there.
	anyResource,
];
