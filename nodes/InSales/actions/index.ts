import type { Resource } from '../../shared/actions/operation';
import type { InSalesRecord } from '../api/codec';
import { accessRights } from './AccessRights.resource';
import { anyResource } from './AnyResource.resource';
import { catalog } from './Catalog.resource';
import { category } from './Category.resource';
import { client } from './Client.resource';
import { collection } from './Collection.resource';
import { customStatus } from './CustomStatus.resource';
import { deliveryVariant } from './DeliveryVariant.resource';
import { discountCode } from './DiscountCode.resource';
import { extraField } from './Field.resource';
import { order } from './Order.resource';
import { orderLine } from './OrderLine.resource';
import { paymentGateway } from './PaymentGateway.resource';
import { priceKind } from './PriceKind.resource';
import { product } from './Product.resource';
import { variant } from './Variant.resource';
import { warehouse } from './Warehouse.resource';
import { webhook } from './Webhook.resource';

const shopResources: ReadonlyArray<Resource<InSalesRecord>> = [
	order,
	orderLine,
	client,
	product,
	variant,
	catalog,
	collection,
	category,
	priceKind,
	warehouse,
	discountCode,
	paymentGateway,
	deliveryVariant,
	customStatus,
	extraField,
	webhook,
];

/** The operations table of the InSales node. The first resource is what a new node shows. */
export const resources: ReadonlyArray<Resource<InSalesRecord>> = [
	...shopResources,
	accessRights([...shopResources, anyResource]),
	// What everything above does is easier there.
	anyResource,
];
