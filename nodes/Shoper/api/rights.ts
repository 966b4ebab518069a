import type { Method } from '../../shared/protocol/call';

/** An area of rights: what the panel calls it, and in English. */
interface Area {
	polish: string;
	english: string;
	/** Section of the permissions of a group of administrators; expected, not confirmed. */
	section: string;
}

/**
 * The areas of an integration's rights by the word `needs` uses (Shoper REST reference 1.2). Those
 * from "producers" on are named by analogy.
 */
const AREAS: Readonly<Record<string, Area>> = {
	orders: { polish: 'Zamówienia', english: 'orders', section: 'Sprzedaż' },
	statuses: { polish: 'Statusy zamówień', english: 'order statuses', section: 'Konfiguracja' },
	users: { polish: 'Klienci', english: 'customers', section: 'Klienci' },
	products: { polish: 'Produkty', english: 'products', section: 'Asortyment' },
	product_stocks: {
		polish: 'Warianty produktów',
		english: 'product variants',
		section: 'Asortyment',
	},
	availabilities: {
		polish: 'Stany dostępności',
		english: 'availabilities',
		section: 'Konfiguracja',
	},
	categories: { polish: 'Kategorie', english: 'categories', section: 'Asortyment' },
	payments: { polish: 'Płatności', english: 'payment methods', section: 'Konfiguracja' },
	shippings: { polish: 'Dostawy', english: 'delivery methods', section: 'Konfiguracja' },
	parcels: { polish: 'Przesyłki', english: 'parcels', section: 'Sprzedaż' },
	webhooks: { polish: 'Webhooki', english: 'webhooks', section: 'Konfiguracja' },
	producers: { polish: 'Producenci', english: 'producers', section: 'Asortyment' },
	currencies: { polish: 'Waluty', english: 'currencies', section: 'Konfiguracja' },
	languages: { polish: 'Języki', english: 'languages', section: 'Konfiguracja' },
	taxes: { polish: 'Podatki', english: 'taxes', section: 'Konfiguracja' },
};

/** Resources that belong to the area of another one. */
const AREA_OF: Readonly<Record<string, string>> = {
	'order-products': 'orders',
	'order-tags': 'orders',
	'categories-tree': 'categories',
	'product-files': 'products',
	'product-images': 'products',
	'product-stocks': 'product_stocks',
	'product-tags': 'products',
	'user-addresses': 'users',
	'user-groups': 'users',
	'user-tags': 'users',
};

/** The levels of a right; each one includes those before it. */
const LEVEL: Readonly<Record<Method, string>> = {
	GET: 'odczyt (read)',
	POST: 'dodawanie (add)',
	PUT: 'edycja (edit)',
	PATCH: 'edycja (edit)',
	DELETE: 'usuwanie (delete)',
};

/** The area a resource belongs to, in the word that `needs` uses: `orders` for `order-products`. */
export function areaOf(resource: string): string {
	return AREA_OF[resource] ?? resource.replace(/-/g, '_');
}

/** A right as the panel names it, with the English beside: `Zamówienia (orders) – odczyt (read)`. */
export function rightName(area: string, method: Method): string {
	const known = AREAS[area];
	return `${known ? `${known.polish} (${known.english})` : area} – ${LEVEL[method]}`;
}

/** Splits a right as `needs` names it, such as `orders GET`. */
export function partsOfNeed(need: string): [area: string, method: Method] {
	const [area = '', method = 'GET'] = need.split(' ');
	return [area, method as Method];
}

/** Its name. */
export function nameRight(need: string): string {
	return rightName(...partsOfNeed(need));
}

/** Where to grant it: for an integration's token, and for the group of an administrator. */
export function tickRight(area: string, method: Method): string {
	const known = AREAS[area];
	const section = known ? `, section "${known.section}"` : '';
	return `In the shop's panel, give the integration under "Dodatki i integracje" (add-ons and integrations) the right "${rightName(area, method)}"; for a login, tick it for the administrator's group under "Ustawienia > Ogólne > Administratorzy sklepu" (settings > general > shop administrators), tab "Uprawnienia" (permissions)${section}.`;
}
