import type { Resource } from '../../shared/actions/operation';
import type { ShoperRecord } from '../api/codec';
import { accessRights } from './AccessRights.resource';
import { anyResource } from './AnyResource.resource';
import { catalog } from './Catalog.resource';
import { category } from './Category.resource';
import { currency } from './Currency.resource';
import { customer } from './Customer.resource';
import { language } from './Language.resource';
import { order } from './Order.resource';
import { orderProduct } from './OrderProduct.resource';
import { parcel } from './Parcel.resource';
import { payment } from './Payment.resource';
import { producer } from './Producer.resource';
import { product } from './Product.resource';
import { shipping } from './Shipping.resource';
import { status } from './Status.resource';
import { stock } from './Stock.resource';
import { webhook } from './Webhook.resource';

const shopResources: ReadonlyArray<Resource<ShoperRecord>> = [
	order,
	orderProduct,
	status,
	parcel,
	customer,
	product,
	stock,
	catalog,
	category,
	currency,
	language,
	payment,
	producer,
	shipping,
	webhook,
];

/** The operations table of the Shoper node. The first resource is what a new node shows. */
export const resources: ReadonlyArray<Resource<ShoperRecord>> = [
	...shopResources,
	accessRights([...shopResources, anyResource]),
	// What everything above does is easier there.
	anyResource,
];
